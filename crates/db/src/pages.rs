//! Where a page of a list ends.

/// Keeps a page of the rows that were read, one more than it holds where others follow; where the next page starts, if
/// there is one: at what `place` says of the last row kept.
pub(crate) fn couper<L, P>(lues: &mut Vec<L>, limite: usize, place: impl FnOnce(&L) -> P) -> Option<P> {
    let reste = lues.len() > limite;
    lues.truncate(limite);
    if reste { lues.last().map(place) } else { None }
}
