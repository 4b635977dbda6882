//! Ordinary programs just work: no flag about certificates, with and without
//! the proxy variables.

use bottle_test_support::Handler;

use crate::harness::{Answer, as_each_user, program_or_skip};

const LISTED: &str = "api.example.com";
const UNLISTED: &str = "collector.example.net";

as_each_user! {
    fn curl_reaches_a_permitted_host(mut world) {
        program_or_skip!("curl");
        let upstream = world.upstream(LISTED, Handler::echo());
        world.routes(&["host: api.example.com"]);
        let answer = Answer::parse(world.curl(&["-i", "https://api.example.com/v1"]).ok());
        assert_eq!(answer.status, 200);
        assert_eq!(upstream.request_count(), 1);
        assert_eq!(world.events().allowed_hosts(), [LISTED]);
    }

    fn curl_is_told_why_another_host_is_refused(mut world) {
        program_or_skip!("curl");
        let elsewhere = world.upstream(UNLISTED, Handler::echo());
        world.routes(&["host: api.example.com"]);
        let answer = Answer::parse(world.curl(&["-i", "https://collector.example.net/x"]).ok());
        assert_eq!(answer.rule(), "unknown_host");
        assert_eq!(elsewhere.connection_count(), 0);
        assert_eq!(world.events().rules(), ["unknown_host"]);
    }
}
