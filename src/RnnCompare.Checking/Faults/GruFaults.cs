using RnnCompare.Cells;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in the gates of a GRU.</summary>
internal static class GruFaults
{
    private const string After = "n = tanh(x·Wxnᵀ + bxn + r⊙(h[t-1]·Whnᵀ + bhn))";
    private const string Before = "n = tanh(x·Wxnᵀ + bxn + (r⊙h[t-1])·Whnᵀ)";

    public static IEnumerable<Fault> For(FaultContext context)
    {
        if (!context.IsGru)
        {
            yield break;
        }

        var resetAfter = context.Spec.Cell is GruCell;
        var (id, wrong, right) = resetAfter ? ("gru-reset-before", Before, After) : ("gru-reset-after", After, Before);
        yield return FaultFactory.InForward(id, Statement.ForwardReset, forward => forward with { OtherReset = true }, wrong, right, ("where", "forward and backward"));
        yield return FaultFactory.InLoop(
            id, Statement.BackwardReset, loop => loop with { OtherReset = true }, $"the backward pass of {wrong}", $"the backward pass of {right}", ("where", "backward"));

        yield return FaultFactory.InForward(
            "gru-update-inverted",
            Statement.ForwardUpdate,
            forward => forward with { UpdateInverted = true },
            "{h}[t] = z⊙n + (1 − z)⊙{h}[t-1]",
            "{h}[t] = (1 − z)⊙n + z⊙{h}[t-1]",
            ("where", "forward and backward"));
        yield return FaultFactory.InLoop(
            "gru-update-inverted",
            Statement.BackwardUpdate | Statement.DirectPath,
            loop => loop with { Update = UpdateGate.Inverted },
            "dn = dh⊙z, dz = dh⊙(n − {h}[t-1]), dhNext = dh⊙(1 − z) + …",
            "dn = dh⊙(1 − z), dz = dh⊙({h}[t-1] − n), dhNext = dh⊙z + …",
            ("where", "backward"));
        yield return FaultFactory.InLoop(
            "gru-update-inverted",
            Statement.BackwardUpdate,
            loop => loop with { Update = UpdateGate.SignFlipped },
            "dz = dh⊙(n − {h}[t-1])⊙z⊙(1 − z)",
            "dz = dh⊙({h}[t-1] − n)⊙z⊙(1 − z)",
            ("where", "sign of the update gate's gradient"));
        yield return FaultFactory.InLoop(
            "gru-direct-path-missing",
            Statement.DirectPath,
            loop => loop with { DirectPathMissing = true },
            "dhNext = dz·{Whh}",
            "dhNext = dz·{Whh} + z⊙dh[t]");
        yield return FaultFactory.InLoop(
            "gru-reset-path-missing",
            Statement.ResetPath,
            loop => loop with { Reset = ResetPath.GateMissing },
            "dhNext leaves out dz_r·Whr",
            "dhNext = … + dz_r·Whr",
            resetAfter ? [] : [("share", "dz_r·Whr")]);
        if (!resetAfter)
        {
            yield return FaultFactory.InLoop(
                "gru-reset-path-missing",
                Statement.ResetPath,
                loop => loop with { Reset = ResetPath.ProductMissing },
                "dhNext leaves out (dz_n·Whn)⊙r",
                "dhNext = … + (dz_n·Whn)⊙r",
                ("share", "(dz_n·Whn)⊙r"));
        }
    }
}
