//! A layer of decoded bytes, and the way from its offsets to the input's.

use std::borrow::Cow;
use std::ops::Range;

use crate::finding::View;

/// What one decoding made of the layer above, piece by piece.
#[derive(Debug)]
pub(crate) struct Layer<'a> {
    bytes: Cow<'a, [u8]>,
    pieces: Vec<Piece>,
    /// The points where an unescaping piece jumps, in the order of both sides.
    jumps: Vec<Jump>,
    view: Option<View>,
    /// Parts of the layer above that were read to the end of their piece, and
    /// would be read on if it went on.
    open: Vec<Range<usize>>,
}

/// Bytes that are one text: no match crosses a piece's border.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// In this layer.
    pub(crate) here: Range<usize>,
    /// In the layer above.
    above: Range<usize>,
    scale: Scale,
    begin: Begin,
}

impl Piece {
    /// Whether it begins where its text does.
    pub(crate) fn begins_text(&self) -> bool {
        self.begin == Begin::OfText
    }

    /// Where a part of it begins, so far behind its own beginning.
    pub(crate) fn begin_behind(&self, bytes: usize) -> Begin {
        if bytes == 0 {
            self.begin
        } else {
            Begin::WithinText
        }
    }
}

/// Where a piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begin {
    OfText,
    /// What stands before it in its text was left out.
    WithinText,
}

/// How a piece's offsets relate to those above.
#[derive(Clone, Debug)]
pub(crate) enum Scale {
    /// One for one between the jumps of this range.
    Jumps(Range<usize>),
    /// Evenly: `above` bytes for every `here` bytes.
    Even { above: usize, here: usize },
    /// Only as a whole.
    Whole,
}

/// One byte for one byte.
const SAME: Scale = Scale::Even { above: 1, here: 1 };

/// From here on, `here` in this layer stands for `above` in the one above.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jump {
    here: usize,
    above: usize,
}

/// A part of the input in which packed data stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    pub(crate) range: Range<usize>,
    /// The first decoding that leads into it.
    pub(crate) outermost: Option<View>,
    /// The whole of what that decoded.
    pub(crate) decoded: Range<usize>,
}

/// A layer with those above it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain<'a> {
    layer: &'a Layer<'a>,
    up: Option<&'a Self>,
}

/// What stands behind each decoded piece: a byte of no class, so that nothing
/// is taken for one run across two pieces.
const BORDER: u8 = 1;

impl<'a> Layer<'a> {
    /// The input itself.
    pub(crate) fn raw(input: &'a [u8]) -> Self {
        let all = 0..input.len();
        let piece = Piece {
            here: all.clone(),
            above: all,
            scale: SAME,
            begin: Begin::OfText,
        };
        Self::new(Cow::Borrowed(input), vec![piece], None)
    }

    fn new(bytes: Cow<'a, [u8]>, pieces: Vec<Piece>, view: Option<View>) -> Self {
        Self {
            bytes,
            pieces,
            jumps: Vec::new(),
            view,
            open: Vec::new(),
        }
    }

    /// Parts of the input, each a text of its own.
    pub(crate) fn raw_parts(input: &[u8], parts: &[Range<usize>]) -> Self {
        let all = parts.iter().map(|part| part.len() + 1).sum();
        let mut layer = Self::new(Cow::Owned(Vec::with_capacity(all)), Vec::new(), None);
        for part in parts {
            let bytes = input.get(part.clone()).unwrap_or_default();
            layer.push(part.clone(), SAME, |to| to.extend_from_slice(bytes));
        }
        layer
    }

    /// Several short texts, to be looked at together.
    pub(crate) fn raw_texts(texts: &[&'a [u8]]) -> Self {
        if let [text] = texts {
            return Self::raw(text);
        }
        let all = texts.iter().map(|text| text.len() + 1).sum();
        let mut bytes = Vec::with_capacity(all);
        let mut pieces = Vec::with_capacity(texts.len());
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let start = bytes.len();
            bytes.extend_from_slice(text);
            pieces.push(Piece {
                here: start..bytes.len(),
                above: 0..text.len(),
                scale: SAME,
                begin: Begin::OfText,
            });
            bytes.push(BORDER);
        }
        Self::new(Cow::Owned(bytes), pieces, None)
    }

    /// A view that has no piece yet.
    pub(crate) fn of(view: View) -> Self {
        Self::with_room(view, 0)
    }

    /// The same, with room for so many bytes.
    pub(crate) fn with_room(view: View, bytes: usize) -> Self {
        Self::new(
            Cow::Owned(Vec::with_capacity(bytes)),
            Vec::new(),
            Some(view),
        )
    }

    /// Adds the bytes that `fill` appends, decoded from `above` in the layer above.
    pub(crate) fn push(
        &mut self,
        above: Range<usize>,
        scale: Scale,
        fill: impl FnOnce(&mut Vec<u8>),
    ) {
        let bytes = self.bytes.to_mut();
        let start = bytes.len();
        fill(bytes);
        let here = start..bytes.len();
        if !here.is_empty() {
            bytes.push(BORDER);
            self.pieces.push(Piece {
                here,
                above,
                scale,
                begin: Begin::OfText,
            });
        }
    }

    /// Adds an unescaped piece: `fill` appends bytes and notes its jumps.
    pub(crate) fn push_unescaped(
        &mut self,
        above: Range<usize>,
        begin: Begin,
        fill: impl FnOnce(&mut Vec<u8>, &mut Jumps<'_>),
    ) {
        let first = self.jumps.len();
        let bytes = self.bytes.to_mut();
        // Unescaped text is no longer than it was.
        bytes.reserve(above.len() + 1);
        let start = bytes.len();
        fill(bytes, &mut Jumps(&mut self.jumps));
        let here = start..bytes.len();
        bytes.push(BORDER);
        let scale = Scale::Jumps(first..self.jumps.len());
        self.pieces.push(Piece {
            here,
            above,
            scale,
            begin,
        });
    }

    /// Notes that `above` was read to its piece's end and is not at its own.
    pub(crate) fn goes_on(&mut self, above: Range<usize>) {
        self.open.push(above);
    }

    /// Whether there is nothing in it, and nothing to be told of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.open.is_empty()
    }

    /// Whether escapes were undone in it, one by one.
    pub(crate) fn is_unescaped(&self) -> bool {
        let unescaped = |piece: &Piece| matches!(piece.scale, Scale::Jumps(_));
        self.pieces.first().is_some_and(unescaped)
    }

    /// The parts of the layer above that the pieces were decoded from.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Range<usize>> {
        self.pieces.iter().map(|piece| &piece.above)
    }

    pub(crate) fn view(&self) -> Option<View> {
        self.view
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The pieces with their bytes.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&Piece, &[u8])> {
        self.pieces.iter().map(|piece| (piece, self.text(piece)))
    }

    /// A piece's bytes.
    pub(crate) fn text(&self, piece: &Piece) -> &[u8] {
        self.bytes.get(piece.here.clone()).unwrap_or_default()
    }

    /// The piece that holds all of `range`.
    pub(crate) fn piece_with(&self, range: &Range<usize>) -> Option<&Piece> {
        let at = self.pieces.partition_point(|p| p.here.end <= range.start);
        self.pieces
            .get(at)
            .filter(|p| p.here.start <= range.start && range.end <= p.here.end)
    }

    /// The piece that holds all of `range`, its bytes, and the range in these.
    pub(crate) fn in_piece(&self, range: &Range<usize>) -> Option<(&Piece, &[u8], Range<usize>)> {
        let piece = self.piece_with(range)?;
        let base = piece.here.start;
        Some((
            piece,
            self.text(piece),
            range.start - base..range.end - base,
        ))
    }

    /// Those of some runs that are fresh, with their bytes.
    pub(crate) fn fresh<'l>(
        &'l self,
        runs: impl Iterator<Item = Range<usize>> + 'l,
    ) -> impl Iterator<Item = (Range<usize>, &'l [u8])> {
        runs.filter_map(|run| {
            let (piece, text, inside) = self.in_piece(&run)?;
            let bytes = text.get(inside).unwrap_or_default();
            self.is_fresh(piece, &run).then_some((run, bytes))
        })
    }

    /// Whether the decoding changed anything in `range` or beside it. If not,
    /// the layer above decoded the very same bytes already.
    pub(crate) fn is_fresh(&self, piece: &Piece, range: &Range<usize>) -> bool {
        let Scale::Jumps(jumps) = &piece.scale else {
            return true;
        };
        let jumps = self.jumps.get(jumps.clone()).unwrap_or_default();
        let from = range.start.saturating_sub(1);
        let next = jumps.partition_point(|j| j.here < from);
        jumps.get(next).is_some_and(|j| j.here <= range.end)
    }

    /// The part of the layer above that `range` of `piece` was decoded from.
    fn above(&self, piece: &Piece, range: &Range<usize>) -> Range<usize> {
        let from = range.start - piece.here.start;
        let to = range.end - piece.here.start;
        match &piece.scale {
            Scale::Whole => piece.above.clone(),
            Scale::Even { above, here } => {
                let start = piece.above.start + from * above / here;
                let end = piece.above.start + (to * above).div_ceil(*here);
                start..end.min(piece.above.end)
            }
            Scale::Jumps(jumps) => {
                let jumps = self.jumps.get(jumps.clone()).unwrap_or_default();
                let base = Jump {
                    here: piece.here.start,
                    above: piece.above.start,
                };
                let last = |at: usize| {
                    at.checked_sub(1)
                        .and_then(|i| jumps.get(i))
                        .copied()
                        .unwrap_or(base)
                };
                let first = last(jumps.partition_point(|j| j.here <= range.start));
                let start = first.above + (range.start - first.here);
                let next = jumps.partition_point(|j| j.here < range.end);
                let end = match jumps.get(next) {
                    Some(jump) if jump.here == range.end => jump.above,
                    _ => {
                        let jump = last(next);
                        jump.above + (range.end - jump.here)
                    }
                };
                start..end
            }
        }
    }
}

/// Where an unescaping notes its jumps.
#[derive(Debug)]
pub(crate) struct Jumps<'a>(&'a mut Vec<Jump>);

impl Jumps<'_> {
    /// An escape: its bytes begin at `here`, its text at `above`; behind it
    /// `here_end` stands for `above_end`.
    pub(crate) fn escape(&mut self, here: Range<usize>, above: Range<usize>) {
        // Two escapes in a row share the point between them.
        if self
            .0
            .last()
            .is_none_or(|last| last.here != here.start || last.above != above.start)
        {
            self.0.push(Jump {
                here: here.start,
                above: above.start,
            });
        }
        self.0.push(Jump {
            here: here.end,
            above: above.end,
        });
    }
}

impl<'a> Chain<'a> {
    pub(crate) fn root(layer: &'a Layer<'a>) -> Self {
        Self { layer, up: None }
    }

    pub(crate) fn with(&'a self, layer: &'a Layer<'a>) -> Self {
        Self {
            layer,
            up: Some(self),
        }
    }

    pub(crate) fn layer(&self) -> &'a Layer<'a> {
        self.layer
    }

    /// What stands in the layer above before and behind what a piece was made of.
    pub(crate) fn beyond(&self, piece: &Piece) -> (&'a [u8], &'a [u8]) {
        let above = self.up.map_or(&[][..], |up| up.layer.bytes());
        let before = above.get(..piece.above.start).unwrap_or_default();
        let behind = above.get(piece.above.end..).unwrap_or_default();
        (before, behind)
    }

    /// The part of the input that `range` of this layer comes from.
    pub(crate) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let Some(piece) = self.layer.piece_with(range) else {
            return range.clone();
        };
        let above = self.layer.above(piece, range);
        match self.up {
            None => above,
            Some(up) => up.origin(&above),
        }
    }

    /// The parts of the input that this layer was packed in: those that it was
    /// made of, and those of which more may follow.
    pub(crate) fn packed(&self) -> impl Iterator<Item = Packed> {
        let packed = matches!(
            self.layer.view,
            Some(View::Gzip | View::Zip | View::Zlib | View::Zstd)
        );
        let sources = self.layer.pieces.iter().filter(move |_| packed);
        let above = sources.map(|piece| &piece.above).chain(&self.layer.open);
        above.map(|above| Packed {
            range: self.up.map_or_else(|| above.clone(), |up| up.origin(above)),
            outermost: self.outermost(),
            decoded: self.decoded(above),
        })
    }

    /// The part of the input that the first decoding made all of it from that
    /// `above` is a part of, in the layer above.
    fn decoded(&self, above: &Range<usize>) -> Range<usize> {
        let Some(up) = self.up.filter(|up| up.up.is_some()) else {
            return self.up.map_or_else(|| above.clone(), |up| up.origin(above));
        };
        let piece = up.layer.piece_with(above);
        up.decoded(piece.map_or(above, |piece| &piece.above))
    }

    /// The first decoding of the input that leads here.
    fn outermost(&self) -> Option<View> {
        let above = self.up.and_then(Chain::outermost);
        above.or(self.layer.view)
    }

    /// Whether the text from `range` on is such, here or in a layer above.
    pub(crate) fn any_text_from(&self, range: &Range<usize>, such: fn(&[u8]) -> bool) -> bool {
        let Some((piece, text, inside)) = self.layer.in_piece(range) else {
            return false;
        };
        let above = self.layer.above(piece, range);
        such(text.get(inside.start..).unwrap_or_default())
            || self.up.is_some_and(|up| up.any_text_from(&above, such))
    }

    /// Whether the text was turned so already, with nothing but such turns since.
    pub(crate) fn is_turned(&self, view: View) -> bool {
        match self.layer.view {
            Some(last) if last == view => true,
            Some(View::Reversed | View::Rot13) => self.up.is_some_and(|up| up.is_turned(view)),
            _ => false,
        }
    }

    /// The decodings from the input to here.
    pub(crate) fn views(&self) -> Vec<View> {
        let mut views = self.up.map_or_else(Vec::new, Chain::views);
        views.extend(self.layer.view);
        views
    }
}
