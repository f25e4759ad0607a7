namespace RnnCompare.Optimizers;

/// <summary>AdamW as torch.optim.AdamW (Loshchilov &amp; Hutter 2019): weights decay by themselves, before the step.</summary>
public sealed record AdamWSpec() : AdaptiveMomentSpec(weightDecay: 1e-2);
