# The words that people and CI use. `just --list` tells them.

# Format
fmt:
    cargo fmt --all

# Lints, as CI has them
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Every test
test:
    cargo test --workspace --locked

# The main job, on made-up hosts
demo:
    cargo run --release --locked -- demo

# The documentation of all crates
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --document-private-items

# Rules for dependencies (needs cargo-deny)
deny:
    cargo deny check bans licenses sources

# Fuzz targets: build all, run each for ten seconds
fuzz-smoke:
    cd fuzz && RUSTC_BOOTSTRAP=1 cargo build --release --locked
    for target in fuzz/corpus/*; do fuzz/target/release/$(basename $target) -max_total_time=10 $target || exit 1; done

# Speed beside direct TLS, start-up beside plain exec
bench:
    cargo build --release --locked
    cd bench && cargo run --release --locked -- e2e

# All that CI checks
ci:
    .ci/run
