//! The `balm` program: everything is in the library.

fn main() -> std::process::ExitCode {
    balm::cli::main()
}
