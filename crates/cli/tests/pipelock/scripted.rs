//! A parent proxy that says what it is told to say, and what it was asked.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

use parking_lot::Mutex;

/// Answers every connection with the same bytes once it has heard a whole head,
/// and says nothing more.
pub(crate) struct Scripted {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    pub(crate) fn start(answer: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        // Ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || serve(stream, answer, &kept));
            }
        });
        Self { address, heads }
    }

    /// Its URL, with this before the host: `user:password@` or nothing.
    pub(crate) fn url(&self, user: &str) -> String {
        format!("http://{user}{}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The heads of what it was asked, in lower case.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().clone()
    }
}

/// Half closes after its answer, and reads to the end: a client that still
/// sends meets no reset.
fn serve(mut stream: TcpStream, answer: &[u8], kept: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.extend(byte),
            _ => return,
        }
    }
    kept.lock()
        .push(String::from_utf8_lossy(&head).to_ascii_lowercase());
    if stream.write_all(answer).is_ok() && stream.shutdown(Shutdown::Write).is_ok() {
        while let Ok(1..) = stream.read(&mut byte) {}
    }
}
