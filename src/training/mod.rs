//! The IO side of training: what stands behind a training server. `office` keeps what a trainee has done and answers what is
//! asked of it. The pure simulation is the room `sim`; screens know training only through `api::training`.

pub mod office;
