//! What an event does to the numbers, change by change.

use super::super::names::{Act, Commitment, NeedStage, StormKind};
use super::super::points::{Points, divide};
use super::super::rules::Fit;
use super::super::seed::{Draw, draw};
use super::{Change, Engine, Heard, Moment, State, Step, Variable, Why, moves};

/// A step on its way.
pub(super) struct Going<'a> {
    pub(super) engine: Engine<'a>,
    pub(super) before: &'a State,
    pub(super) now: State,
    pub(super) changes: Vec<Change>,
    pub(super) moments: Vec<Moment>,
    fit: Fit,
}

impl<'a> Going<'a> {
    pub(super) fn new(engine: Engine<'a>, before: &'a State) -> Self {
        let mut fit = engine.rules.fit(engine.scenario.need.fix);
        if !engine.scenario.need.meets.is_empty() {
            fit.meets.clone_from(&engine.scenario.need.meets);
        }
        let mut now = before.clone();
        now.turn = now.turn.saturating_add(1);
        Self {
            engine,
            before,
            now,
            changes: Vec::new(),
            moments: Vec::new(),
            fit,
        }
    }

    pub(super) fn said(&mut self, heard: &Heard) {
        self.silence(heard.ms);
        let needed = self.now.need;
        if heard.misread {
            // The customer understood only too well, and puts it right. Method 3.5 names no price for it: it confirms nothing.
            self.moments.push(Moment::Misread);
        } else if heard.acts.is_empty() {
            let again = self.engine.rules.again.anger;
            self.push(Variable::Anger, again, Why::Again, None);
            self.moments.push(Moment::NotUnderstood);
        }
        let acknowledged =
            self.before.acknowledged || heard.acts.iter().any(|act| self.acknowledges(*act));
        for (at, act) in heard.acts.iter().enumerate() {
            // The same act twice in one breath is one.
            if heard.acts.iter().take(at).any(|earlier| earlier == act) {
                continue;
            }
            let stage = self.now.need;
            // Nobody answers in the same breath what the customer has not so much as hinted at: one speech that holds
            // everything would win every contact, and the customer would never have been heard.
            let heard_of = needed >= NeedStage::Hinted;
            if heard_of && stage == NeedStage::Revealed && self.fit.meets.contains(act) {
                self.now.need = NeedStage::Met;
            }
            self.act(*act, heard.long);
            if self.acknowledges(*act) {
                self.now.acknowledged = true;
            }
            let hidden = matches!(self.now.need, NeedStage::Hidden | NeedStage::Hinted);
            if *act == self.engine.scenario.need.direct && acknowledged && hidden {
                self.now.need = NeedStage::Revealed;
            }
        }
        self.chance();
        self.hold_in_bounds();
        self.reveal(&heard.acts, needed);
        self.commit(&heard.acts);
        self.time(heard.ms, Points::ONE);
        moves::after(self, &heard.acts);
    }

    pub(super) fn quiet(&mut self, ms: i64) {
        self.silence(ms);
        self.moments.push(Moment::Silence);
        self.hold_in_bounds();
        self.time(ms, Points::ONE);
        moves::after(self, &[]);
    }

    pub(super) fn hold(&mut self, told_ms: i64, took_ms: i64) {
        let beyond = took_ms.saturating_sub(told_ms.max(0)).max(0);
        if beyond > 0 {
            self.silence(beyond);
            self.moments.push(Moment::HeldTooLong);
        }
        self.hold_in_bounds();
        self.time(took_ms.saturating_sub(beyond), Points::ONE);
        self.time(beyond, self.engine.rules.patience.hold_beyond);
        moves::after(self, &[]);
    }

    pub(super) fn storm(&mut self, kind: StormKind) {
        if kind == StormKind::Abuse && self.engine.level().abuse {
            self.now.abusing = true;
            self.moments.push(Moment::Abused);
        }
    }

    pub(super) fn close(&mut self) {
        self.now.end = Some(self.engine.standing_end(self.before));
        self.moments.push(Moment::Ended);
    }

    pub(super) fn done(self) -> Step {
        Step {
            after: self.now,
            changes: self.changes,
            moments: self.moments,
        }
    }

    /// Whether an act counts as an acknowledgement; a general one only when the customer is not beside themselves.
    fn acknowledges(&self, act: Act) -> bool {
        match act {
            Act::AckSpecific => true,
            Act::AckGeneric => self.before.anger <= self.engine.rules.acknowledge.generic_up_to,
            _ => false,
        }
    }

    fn push(&mut self, of: Variable, by: Points, why: Why, act: Option<Act>) {
        if by == Points::ZERO {
            return;
        }
        self.changes.push(Change { of, by, why, act });
        let value = match of {
            Variable::Anger => &mut self.now.anger,
            Variable::Trust => &mut self.now.trust,
            Variable::Clarity => &mut self.now.clarity,
            Variable::Face => &mut self.now.face,
            Variable::Patience => &mut self.now.patience,
        };
        *value = value.plus(by);
    }

    /// Multiplies what an act did so far by a factor, told as its own change. Returns the product.
    fn scale(&mut self, of: Variable, value: Points, factor: Points, why: Why, act: Act) -> Points {
        let product = value.times(factor);
        self.push(of, product.minus(value), why, Some(act));
        product
    }

    /// What one act does (rules 1 to 4).
    fn act(&mut self, act: Act, long: bool) {
        let rules = self.engine.rules;
        let uses = self.before.used.get(&act).copied().unwrap_or(0);
        *self.now.used.entry(act).or_insert(0) += 1;
        if act == Act::Apologise && uses >= 2 {
            let by = rules.novelty.third_apology;
            self.push(Variable::Anger, by, Why::Repeat, Some(act));
            return;
        }
        if act == Act::Boundary && !self.before.abusing {
            self.unprovoked();
            return;
        }
        let early = rules.early.acts.contains(&act)
            && !self.now.acknowledged
            && self.before.anger > rules.early.above;
        let effect = rules.effect(act);
        self.anger(act, effect.anger, effect.per_use, uses, early);
        for (of, base) in [
            (Variable::Trust, effect.trust),
            (Variable::Clarity, effect.clarity),
            (Variable::Face, effect.face),
        ] {
            self.push(of, base, Why::Act, Some(act));
            if base <= Points::ZERO {
                continue;
            }
            let mut value = self.novelty(of, base, uses, act);
            if early {
                value = self.scale(of, value, rules.early.factor, Why::Early, act);
            }
            let plain = self.engine.scenario.persona.literacy < rules.persons.plain_below;
            if of == Variable::Clarity && long && plain {
                self.scale(of, value, rules.persons.plain_factor, Why::Long, act);
            }
        }
        if act == Act::Interrupt {
            self.moments.push(Moment::Interrupted);
        }
    }

    fn anger(&mut self, act: Act, base: Points, per_use: bool, uses: u32, early: bool) {
        let rules = self.engine.rules;
        let persona = self.engine.scenario.persona;
        let of = Variable::Anger;
        self.push(of, base, Why::Act, Some(act));
        if base < Points::ZERO {
            let mut value = self.novelty(of, base, uses, act);
            if early {
                value = self.scale(of, value, rules.early.factor, Why::Early, act);
            }
            let fit = self.fitting(act);
            self.scale(of, value, fit, Why::Fit, act);
        } else {
            let mut value = base;
            if per_use {
                let nth = Points::whole(i64::from(uses) + 1);
                value = self.scale(of, value, nth, Why::Repeat, act);
            }
            value = self.scale(of, value, persona.irritability, Why::Persona, act);
            if act == Act::DeclineReasoned {
                let more = Points::ONE.plus(persona.entitlement);
                self.scale(of, value, more, Why::Persona, act);
            }
        }
        if early {
            let by = rules.early.anger.times(persona.irritability);
            self.push(of, by, Why::Early, Some(act));
        }
    }

    /// Good effects halve on each repeat (rule 1).
    fn novelty(&mut self, of: Variable, base: Points, uses: u32, act: Act) -> Points {
        let mut value = base;
        // After a dozen halvings nothing is left in thousandths.
        for _ in 0..uses.min(20) {
            value = value.times(self.engine.rules.novelty.factor);
        }
        self.push(of, value.minus(base), Why::Repeat, Some(act));
        value
    }

    /// The factor of an act for this need (rule 3).
    fn fitting(&self, act: Act) -> Points {
        let always = self.fit.factor.get(&act).copied().unwrap_or(Points::ONE);
        let unmet = self.fit.unmet.get(&act).copied();
        match unmet {
            Some(factor) if self.now.need != NeedStage::Met => always.times(factor),
            _ => always,
        }
    }

    /// A limit named without abuse is a lecture.
    fn unprovoked(&mut self) {
        let abuse = &self.engine.rules.abuse;
        let anger = abuse
            .unprovoked_anger
            .times(self.engine.scenario.persona.irritability);
        let trust = abuse.unprovoked_trust;
        let act = Some(Act::Boundary);
        self.push(Variable::Anger, anger, Why::Unprovoked, act);
        self.push(Variable::Trust, trust, Why::Unprovoked, act);
    }

    /// Rule 5.
    fn silence(&mut self, ms: i64) {
        let rules = &self.engine.rules.silence;
        let beyond = ms.saturating_sub(rules.from.0).clamp(0, 3_600_000);
        if beyond == 0 || !self.engine.level().clock {
            return;
        }
        let r = self.engine.scenario.persona.irritability;
        // rate · seconds · r · anger / 100, all in thousandths; at most 3.6e6 · 1e4 · 2e3 · 1e5 < 2^63.
        let product = beyond
            .saturating_mul(rules.rate.0)
            .saturating_mul(r.0)
            .saturating_mul(self.before.anger.0);
        let by = Points(divide(product, 100_000_000_000));
        self.push(Variable::Anger, by, Why::Silence, None);
    }

    fn chance(&mut self) {
        let most = self.engine.rules.noise.anger.0;
        if self.engine.setup.noise && most > 0 {
            let drawn = draw(self.engine.setup.seed, self.now.turn, Draw::Noise);
            let span = 2 * most.unsigned_abs() + 1;
            let by = i64::try_from(drawn % span).unwrap_or(0) - most;
            self.push(Variable::Anger, Points(by), Why::Chance, None);
        }
    }

    fn hold_in_bounds(&mut self) {
        for (of, value) in [
            (Variable::Anger, self.now.anger),
            (Variable::Trust, self.now.trust),
            (Variable::Clarity, self.now.clarity),
            (Variable::Face, self.now.face),
        ] {
            self.push(of, value.held().minus(value), Why::Bound, None);
        }
    }

    /// How the hidden need comes to light.
    fn reveal(&mut self, acts: &[Act], before: NeedStage) {
        let asks = acts.contains(&Act::AskOpen) || acts.contains(&Act::Paraphrase);
        if self.now.need == NeedStage::Hidden && self.now.acknowledged && asks {
            self.now.need = NeedStage::Hinted;
        }
        let trusts = self.now.trust >= self.engine.rules.reveal.trust;
        if self.now.need == NeedStage::Hinted && trusts {
            self.now.need = NeedStage::Revealed;
        }
        let now = self.now.need;
        if before == NeedStage::Hidden && now == NeedStage::Hinted {
            self.moments.push(Moment::NeedHinted);
        }
        if before < NeedStage::Revealed && now >= NeedStage::Revealed {
            self.moments.push(Moment::NeedRevealed);
        }
        if before < NeedStage::Met && now == NeedStage::Met {
            self.moments.push(Moment::NeedMet);
        }
    }

    fn commit(&mut self, acts: &[Act]) {
        if acts.contains(&Act::CommitVague) {
            self.now.vague = self.now.vague.saturating_add(1);
            self.now.commitment = self.now.commitment.max(Commitment::Vague);
        }
        // Whoever says by when it will be known has promised an answer by then.
        if acts.contains(&Act::CommitConcrete) || acts.contains(&Act::AdmitUnknownTimed) {
            self.now.vague = 0;
            if self.now.commitment < Commitment::Concrete {
                self.now.commitment = Commitment::Concrete;
                self.moments.push(Moment::Committed);
            }
        }
        if acts.contains(&Act::Confirm) && self.now.commitment == Commitment::Concrete {
            self.now.commitment = Commitment::Confirmed;
            self.moments.push(Moment::Confirmed);
        }
        let offered = acts.contains(&Act::Option) || acts.contains(&Act::CommitConcrete);
        if offered && self.now.need != NeedStage::Met {
            self.moments.push(Moment::BesideTheNeed);
        }
    }

    /// Rule 6: what the time of a turn costs in patience.
    fn time(&mut self, ms: i64, factor: Points) {
        let ms = ms.clamp(0, 3_600_000);
        self.now.ms = self.now.ms.saturating_add(ms);
        if ms == 0 || !self.engine.level().clock {
            return;
        }
        let hotter = Points::ONE.plus(self.before.anger.over(100));
        let mut cost = Points(ms).times(hotter).times(factor);
        let clearer = self.now.clarity > self.before.clarity;
        if clearer || self.now.commitment >= Commitment::Concrete {
            cost = cost.times(self.engine.rules.patience.halved);
        }
        let cost = cost.min(self.now.patience.max(Points::ZERO));
        self.push(
            Variable::Patience,
            Points::ZERO.minus(cost),
            Why::Time,
            None,
        );
    }
}
