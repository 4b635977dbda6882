//! A request whose body is still being read while its answer is awaited: the
//! inspection may stop it at any time, or have come to its end.

use bottle_policy::Denial;
use tokio::sync::oneshot::Receiver;
use tokio::sync::oneshot::error::TryRecvError;

/// What came first.
#[derive(Debug)]
pub(crate) enum First<T> {
    /// The answer, and what the inspection may still say, if it is not over.
    Answer(T, Option<Receiver<Denial>>),
    /// The inspection stopped the body.
    Stopped(Denial),
}

/// Waits for the answer, or for the inspection to stop the body before it.
pub(crate) async fn first<T>(
    sending: impl Future<Output = T>,
    mut stopped: Receiver<Denial>,
) -> First<T> {
    let answer = tokio::select! {
        biased;
        Ok(denial) = &mut stopped => return First::Stopped(denial),
        answer = sending => answer,
    };
    // A receiver that has told of the end once must not be awaited again.
    match stopped.try_recv() {
        Ok(denial) => First::Stopped(denial),
        Err(TryRecvError::Empty) => First::Answer(answer, Some(stopped)),
        Err(TryRecvError::Closed) => First::Answer(answer, None),
    }
}

#[cfg(test)]
mod tests {
    use bottle_policy::Rule;
    use tokio::sync::oneshot;

    use super::*;

    fn denial() -> Denial {
        Denial::new(Rule::Secret, "It carries a secret.", "Take it out.")
    }

    #[tokio::test]
    async fn a_body_that_ended_first_leaves_nothing_to_wait_for() {
        let (stop, stopped) = oneshot::channel();
        let (answer, answered) = oneshot::channel();
        let waiting = tokio::spawn(first(answered, stopped));
        drop(stop);
        // Lets the end be seen before the answer comes.
        tokio::task::yield_now().await;
        answer.send("answer").unwrap();
        let came = waiting.await.unwrap();
        assert!(
            matches!(came, First::Answer(Ok("answer"), None)),
            "{came:?}"
        );
    }

    #[tokio::test]
    async fn a_body_that_goes_on_may_still_be_stopped() {
        let (stop, stopped) = oneshot::channel();
        let First::Answer((), Some(rest)) = first(async {}, stopped).await else {
            panic!("it was answered while the body went on");
        };
        stop.send(denial()).unwrap();
        assert_eq!(rest.await.unwrap().rule, Rule::Secret);
    }

    #[tokio::test]
    async fn a_denial_wins_over_an_answer() {
        let (stop, stopped) = oneshot::channel();
        stop.send(denial()).unwrap();
        assert!(matches!(first(async {}, stopped).await, First::Stopped(_)));
    }
}
