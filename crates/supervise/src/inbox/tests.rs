use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use bottle_policy::{Evidence, Who};

use super::*;

fn held(host: &str, values: &[&str]) -> Held {
    let evidence = |value: &&str| Evidence {
        detector: "github_token".parse().unwrap(),
        title: "GitHub token".to_owned(),
        place: "body".to_owned(),
        fingerprint: (*value).to_owned(),
        note: None,
    };
    Held {
        who: Who::default(),
        host: host.to_owned(),
        port: 443,
        method: "POST".to_owned(),
        path: "/".to_owned(),
        findings: values.iter().map(evidence).collect(),
    }
}

fn inbox() -> Arc<Inbox> {
    Inbox::new("app", |_| ())
}

/// Asks, and waits until the question is open.
async fn asked(inbox: &Arc<Inbox>, held: Held) -> tokio::task::JoinHandle<Answer> {
    let before = inbox.open().len();
    let own = Arc::clone(inbox);
    let asking = tokio::spawn(async move { own.ask(held).await });
    while inbox.open().len() == before {
        tokio::task::yield_now().await;
    }
    asking
}

fn only_id(inbox: &Inbox) -> String {
    let open = inbox.open();
    assert_eq!(open.len(), 1, "{open:?}");
    open[0].id.clone()
}

#[tokio::test]
async fn a_request_waits_for_the_word_and_gets_it() {
    for (word, answer) in [
        (Word::Allow, Answer::Allowed),
        (Word::Deny, Answer::Refused),
    ] {
        let inbox = inbox();
        let asking = asked(&inbox, held("a.example", &["1"])).await;
        inbox.answer(&only_id(&inbox), word, Scope::Once).unwrap();
        assert_eq!(asking.await.unwrap(), answer);
        assert_eq!(inbox.open(), []);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_is_no_answer_and_in_the_end_a_no() {
    let inbox = inbox();
    let started = Instant::now();
    assert_eq!(inbox.ask(held("a.example", &["1"])).await, Answer::Nobody);
    assert_eq!(started.elapsed(), PATIENCE);
    assert_eq!(inbox.open(), []);
}

#[tokio::test]
async fn a_word_for_the_run_answers_the_same_value_at_the_same_host() {
    let inbox = inbox();
    let asking = asked(&inbox, held("a.example", &["1", "2"])).await;
    inbox
        .answer(&only_id(&inbox), Word::Allow, Scope::Run)
        .unwrap();
    assert_eq!(asking.await.unwrap(), Answer::Allowed);
    assert_eq!(inbox.ask(held("a.example", &["2"])).await, Answer::Allowed);
    // Neither another host nor a value more.
    for other in [held("b.example", &["1"]), held("a.example", &["1", "3"])] {
        let asking = asked(&inbox, other).await;
        inbox
            .answer(&only_id(&inbox), Word::Deny, Scope::Once)
            .unwrap();
        assert_eq!(asking.await.unwrap(), Answer::Refused);
    }
}

#[tokio::test]
async fn one_no_is_enough() {
    let inbox = inbox();
    let asking = asked(&inbox, held("a.example", &["1"])).await;
    inbox
        .answer(&only_id(&inbox), Word::Deny, Scope::Run)
        .unwrap();
    assert_eq!(asking.await.unwrap(), Answer::Refused);
    assert_eq!(
        inbox.ask(held("a.example", &["2", "1"])).await,
        Answer::Refused
    );
}

#[tokio::test]
async fn a_word_for_once_is_not_kept() {
    let inbox = inbox();
    let asking = asked(&inbox, held("a.example", &["1"])).await;
    inbox
        .answer(&only_id(&inbox), Word::Allow, Scope::Once)
        .unwrap();
    assert_eq!(asking.await.unwrap(), Answer::Allowed);
    let again = asked(&inbox, held("a.example", &["1"])).await;
    assert_eq!(inbox.open().len(), 1);
    again.abort();
}

#[tokio::test]
async fn the_same_question_is_asked_once_and_answers_all() {
    let told = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&told);
    let inbox = Inbox::new("app", move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let first = asked(&inbox, held("a.example", &["1"])).await;
    let mut second = pin!(inbox.ask(held("a.example", &["1"])));
    assert_eq!(poll_once(&mut second).await, Poll::Pending);
    inbox
        .answer(&only_id(&inbox), Word::Allow, Scope::Once)
        .unwrap();
    assert_eq!(
        (first.await.unwrap(), second.await),
        (Answer::Allowed, Answer::Allowed)
    );
    assert_eq!(told.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_question_that_nobody_waits_for_is_closed() {
    let inbox = inbox();
    {
        let mut first = pin!(inbox.ask(held("a.example", &["1"])));
        assert_eq!(poll_once(&mut first).await, Poll::Pending);
        {
            let mut second = pin!(inbox.ask(held("a.example", &["1"])));
            assert_eq!(poll_once(&mut second).await, Poll::Pending);
        }
        assert_eq!(inbox.open().len(), 1);
    }
    assert_eq!(inbox.open(), []);
}

#[tokio::test]
async fn an_answer_to_nothing_says_so() {
    assert_eq!(
        inbox().answer("beef", Word::Allow, Scope::Run),
        Err(NotOpen)
    );
}

#[tokio::test]
async fn a_flood_of_questions_is_refused() {
    let inbox = inbox();
    let mut asking = Vec::new();
    for n in 0..MOST_OPEN {
        asking.push(asked(&inbox, held("a.example", &[&n.to_string()])).await);
    }
    assert_eq!(
        inbox.ask(held("a.example", &["more"])).await,
        Answer::Nobody
    );
    assert_eq!(inbox.open().len(), MOST_OPEN);
    asking.iter().for_each(tokio::task::JoinHandle::abort);
}

async fn poll_once<F: Future>(future: &mut std::pin::Pin<&mut F>) -> Poll<F::Output> {
    std::future::poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await
}
