using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Right numbers in another layout.</summary>
internal static class LayoutFaults
{
    public static IEnumerable<Fault> For(FaultContext context) => [.. GateOrders(context), .. Transposed(context)];

    private static IEnumerable<Fault> GateOrders(FaultContext context)
    {
        string[] orders = context.IsLstm ? ["ifog", "igfo"] : context.IsGru ? ["zrn"] : [];
        var own = string.Concat(context.Gates);
        foreach (var name in orders)
        {
            var (id, order) = ($"gate-order-{name}", new GateOrder(name));
            yield return FaultFactory.InFinish(
                id, Statement.GradientOrder, finish => finish with { GateOrder = order }, $"gradients stacked as {name}", $"gradients stacked as {own}", ("where", "gradients"));
            yield return FaultFactory.InForward(
                id, Statement.ReadGateOrder, forward => forward with { GateOrder = order }, $"gates taken in the order {name}", $"gates stacked as {own}", ("where", "forward and backward"));
        }
    }

    private static IEnumerable<Fault> Transposed(FaultContext context)
    {
        var spec = context.Spec;
        var square = Transposition.Whh
            | (spec.InputSize == spec.HiddenSize && (spec.Layers == 1 || !spec.Bidirectional) ? Transposition.Wxh : 0)
            | (spec.OutputSize == spec.FeatureSize ? Transposition.Why : 0);
        for (var set = Transposition.Wxh; set <= (Transposition.Wxh | Transposition.Whh | Transposition.Why); set++)
        {
            if ((set & ~square) == 0)
            {
                var (chosen, names) = (set, Names(set));
                yield return FaultFactory.InFinish(
                    "gradient-transposed",
                    Statement.GradientLayout,
                    finish => finish with { Transposed = chosen },
                    $"{names} in the transposed layout",
                    $"{names} in the layout of the weights",
                    ("gradients", names));
            }
        }

        yield return FaultFactory.InForward(
            "gradient-transposed",
            Statement.ReadWhh,
            forward => forward with { TransposedWhh = true },
            "z[t] = … + {h}[t-1]·{Whh}",
            "z[t] = … + {h}[t-1]·{Whhᵀ}",
            ("where", "forward and backward"));
    }

    private static string Names(Transposition set)
    {
        return string.Join(", ", new[] { Transposition.Wxh, Transposition.Whh, Transposition.Why }.Where(part => set.HasFlag(part)).Select(part => $"d{part}"));
    }
}
