namespace RnnCompare.Optimizers;

/// <summary>Adam as torch.optim.Adam (Kingma &amp; Ba 2015): weight decay is a part of the gradient.</summary>
public sealed record AdamSpec() : AdaptiveMomentSpec(weightDecay: 0);
