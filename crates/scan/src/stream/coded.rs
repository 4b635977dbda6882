//! A content coding of a whole body, undone as it comes.
//!
//! Takes what `content` takes, and refuses what it refuses: data that is not
//! whole, something behind it, and parts that decoders skip and that could
//! carry anything. What packed data is to the scan may be broken; this may not.

use super::Blocked;
use super::brotli::Brotli;
use super::deflated::Deflated;
use super::follower::{Goes, Unpacked};
use super::frames::Frames;
use crate::content::{Coding, ContentError, is_stored};
use crate::finding::View;

/// A coded body on its way.
#[derive(Debug)]
pub(super) struct Coded {
    coding: Coding,
    data: Data,
    /// How much of the body came.
    came: usize,
}

#[derive(Debug)]
enum Data {
    Brotli(Brotli),
    Deflated(Box<Deflated>),
    Frames(Box<Frames>),
    /// Of `deflate`, so little that it does not show which of its two forms it is.
    Unknown(Vec<u8>),
}

/// What shows which form of `deflate` it is.
const SHOWN: usize = 5;

impl Coded {
    pub(super) fn new(coding: Coding) -> Self {
        let data = match coding {
            Coding::Brotli => Data::Brotli(Brotli::new()),
            Coding::Deflate | Coding::Identity => Data::Unknown(Vec::new()),
            Coding::Gzip => Data::Deflated(Box::new(Deflated::coded_gzip())),
            Coding::Zstd => Data::Frames(Box::new(Frames::coded())),
        };
        Self {
            coding,
            data,
            came: 0,
        }
    }

    /// The view that shows the same, where one does.
    pub(super) fn view(coding: Coding) -> Option<View> {
        match coding {
            Coding::Brotli | Coding::Identity => None,
            Coding::Deflate => Some(View::Zlib),
            Coding::Gzip => Some(View::Gzip),
            Coding::Zstd => Some(View::Zstd),
        }
    }

    /// Undoes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Unpacked) -> Result<Goes, Blocked> {
        self.came += bytes.len();
        let mut head = Vec::new();
        let mut bytes = bytes;
        if let Data::Unknown(kept) = &mut self.data {
            kept.extend_from_slice(bytes);
            if kept.len() < SHOWN {
                return Ok(Goes::On);
            }
            head = std::mem::take(kept);
            bytes = &head;
            self.data = Data::Deflated(Box::new(self.deflate(bytes)?));
        }
        let goes = match &mut self.data {
            Data::Brotli(brotli) => brotli.push(bytes, out)?,
            Data::Deflated(deflated) => deflated.push(bytes, out)?,
            Data::Frames(frames) => frames.push(bytes, out)?,
            Data::Unknown(_) => Goes::On,
        };
        drop(head);
        // At its end only if there is nothing behind it.
        if goes == Goes::Ended && (self.is_open() || out.read() < self.came) {
            return Err(self.broken().into());
        }
        Ok(Goes::On)
    }

    /// Ends the body, which must be whole.
    pub(super) fn end(&self) -> Result<(), Blocked> {
        if self.is_open() {
            return Err(self.broken().into());
        }
        Ok(())
    }

    fn is_open(&self) -> bool {
        match &self.data {
            Data::Brotli(brotli) => brotli.is_open(),
            Data::Deflated(deflated) => deflated.is_open(),
            Data::Frames(frames) => frames.is_open(),
            Data::Unknown(_) => true,
        }
    }

    /// Which form of `deflate` begins so (see `content`).
    fn deflate(&self, bytes: &[u8]) -> Result<Deflated, ContentError> {
        if bytes.first().is_none_or(|first| first & 0x0f != 8) {
            return Ok(Deflated::coded_bare());
        }
        if is_stored(bytes) {
            return Err(self.broken());
        }
        Ok(Deflated::coded_zlib())
    }

    fn broken(&self) -> ContentError {
        ContentError::Broken(match self.coding {
            Coding::Brotli => "brotli",
            Coding::Deflate => "deflate",
            Coding::Gzip => "gzip",
            Coding::Identity => "plain",
            Coding::Zstd => "zstd",
        })
    }
}
