//! Speed and remaining time of one upload.

/// The speed is smoothed over about so many milliseconds.
const LISSAGE_MS: f64 = 5_000.0;
/// Nothing is said of the speed before so many milliseconds: it would be noise.
const RECUL_MS: f64 = 500.0;

/// What is measured while bytes leave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mesure {
    depart: f64,
    dernier: f64,
    octets: u64,
    debit: Option<f64>,
}

impl Mesure {
    /// Starts measuring what leaves after the first `deja` bytes.
    pub const fn partir(ms: f64, deja: u64) -> Self {
        Self { depart: ms, dernier: ms, octets: deja, debit: None }
    }

    /// Takes in that `octets` have left in all.
    pub fn avancer(&mut self, octets: u64, ms: f64) {
        let ecoule = ms - self.dernier;
        if ecoule <= 0.0 || octets < self.octets {
            self.octets = self.octets.max(octets);
            return;
        }
        let instantane = reel(octets - self.octets) * 1_000.0 / ecoule;
        let poids = 1.0 - (-ecoule / LISSAGE_MS).exp();
        self.debit = Some(self.debit.map_or(instantane, |d| d + poids * (instantane - d)));
        self.octets = octets;
        self.dernier = ms;
    }

    /// The speed, in bytes per second, once it means something.
    pub fn debit(&self) -> Option<u64> {
        let stable = self.dernier - self.depart >= RECUL_MS;
        self.debit.filter(|d| stable && *d >= 1.0).map(entier)
    }

    /// The remaining time, in whole seconds and at least one, once the speed is known.
    pub fn reste_secondes(&self, taille: u64) -> Option<u64> {
        let debit = self.debit()?;
        Some(taille.saturating_sub(self.octets).div_ceil(debit).max(1))
    }
}

/// The share of `octets` in `taille`, in percent, never above 100.
pub fn pourcent(octets: u64, taille: u64) -> u8 {
    if taille == 0 {
        return 0;
    }
    u8::try_from(octets.min(taille).saturating_mul(100) / taille).unwrap_or(100)
}

#[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53 bytes")]
const fn reel(n: u64) -> f64 {
    n as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and a size or a speed is not negative"
)]
const fn entier(x: f64) -> u64 {
    x as u64
}

#[cfg(test)]
mod tests {
    use super::{Mesure, pourcent};

    #[test]
    fn a_steady_upload_gives_its_speed_and_its_remaining_time() {
        let mut m = Mesure::partir(1_000.0, 0);
        for seconde in 1..=4_u32 {
            m.avancer(u64::from(seconde) * 1_000_000, 1_000.0 + f64::from(seconde) * 1_000.0);
        }
        assert_eq!(m.debit(), Some(1_000_000));
        assert_eq!(m.reste_secondes(8_400_000), Some(5));
    }

    #[test]
    fn what_the_server_had_already_is_not_speed() {
        let mut m = Mesure::partir(0.0, 5_000_000);
        m.avancer(6_000_000, 1_000.0);
        assert_eq!((m.debit(), m.reste_secondes(8_000_000)), (Some(1_000_000), Some(2)));
    }

    #[test]
    fn nothing_is_said_before_half_a_second() {
        let mut m = Mesure::partir(0.0, 0);
        m.avancer(900_000, 100.0);
        assert_eq!((m.debit(), m.reste_secondes(1_000_000)), (None, None));
    }

    #[test]
    fn a_burst_moves_the_speed_only_a_little() {
        let mut m = Mesure::partir(0.0, 0);
        m.avancer(1_000_000, 1_000.0);
        m.avancer(3_000_000, 1_100.0);
        let debit = m.debit().unwrap_or_default();
        assert!((1_300_000..1_500_000).contains(&debit), "{debit}");
    }

    #[test]
    fn a_progress_out_of_order_is_harmless() {
        let mut m = Mesure::partir(0.0, 0);
        m.avancer(600_000, 600.0);
        m.avancer(500_000, 700.0);
        m.avancer(600_000, 600.0);
        assert_eq!(m.debit(), Some(1_000_000));
    }

    #[test]
    fn shares_stay_between_0_and_100() {
        for (octets, taille, attendu) in [(0, 10, 0), (5, 10, 50), (12, 10, 100), (0, 0, 0), (999, 1_000, 99)] {
            assert_eq!(pourcent(octets, taille), attendu, "{octets}/{taille}");
        }
    }
}
