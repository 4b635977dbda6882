//! A git server over HTTPS: real `git http-backend` behind an upstream.

mod cgi;
mod repository;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use data_encoding::BASE64;
use http::HeaderValue;
use http::header::WWW_AUTHENTICATE;

use self::cgi::Backend;
use self::repository::Repository;
use crate::authority::Authority;
use crate::program::find_program;
use crate::upstream::{Call, Handler, Reply, Upstream};

/// Who may fetch and push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Who shows this name and password; others get a 401 that asks for it.
    Basic {
        /// The user name.
        user: String,
        /// The password or token.
        password: String,
    },
}

impl Access {
    /// Basic authentication with this name and password.
    pub fn basic(user: &str, password: &str) -> Self {
        Self::Basic {
            user: user.to_owned(),
            password: password.to_owned(),
        }
    }

    fn admits(&self, call: &Call) -> bool {
        let Self::Basic { user, password } = self else {
            return true;
        };
        let wanted = BASE64.encode(format!("{user}:{password}").as_bytes());
        call.header("authorization")
            .and_then(|value| value.strip_prefix("Basic "))
            .is_some_and(|shown| shown == wanted)
    }
}

/// A running git server with one bare repository in a folder of its own.
/// Dropping it ends the server and removes the folder.
#[derive(Debug)]
pub struct GitHost {
    upstream: Upstream,
    repository: Repository,
}

impl GitHost {
    /// Starts a server of `names` with the repository `path`, such as
    /// `acme/app.git`, whose branch `main` holds these files.
    ///
    /// Fails with [`io::ErrorKind::NotFound`] where there is no git.
    pub fn start(
        authority: &Authority,
        names: &[&str],
        path: &str,
        files: &[(&str, &str)],
        access: Access,
    ) -> io::Result<Self> {
        let git = find_program("git").ok_or(io::ErrorKind::NotFound)?;
        let repository = Repository::create(git.clone(), path, files)?;
        let backend = Backend {
            git,
            root: repository.root().to_owned(),
        };
        let upstream = Upstream::start(authority, names, handler(backend, access))?;
        Ok(Self {
            upstream,
            repository,
        })
    }

    /// The server, and what reached it.
    pub fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Where the bare repository is.
    pub fn repository(&self) -> PathBuf {
        self.repository.path()
    }

    /// What a ref points to, such as `refs/heads/main`; `None` without it.
    pub fn resolve(&self, reference: &str) -> io::Result<Option<String>> {
        self.repository.resolve(reference)
    }
}

fn handler(backend: Backend, access: Access) -> Handler {
    let setting = Arc::new((backend, access));
    Handler::new(move |mut call| {
        let setting = Arc::clone(&setting);
        async move {
            let (backend, access) = &*setting;
            if access.admits(&call) {
                return cgi::answer(backend, call).await;
            }
            // A client sends its body before it reads the refusal.
            let _ = call.drain().await;
            Reply::new(401, "who are you?\n").header(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"git\""),
            )
        }
    })
}
