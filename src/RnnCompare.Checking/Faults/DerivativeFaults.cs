using RnnCompare.Cells;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in the derivatives of activations.</summary>
internal static class DerivativeFaults
{
    public static IEnumerable<Fault> For(FaultContext context) => context.IsPlain ? Plain(context) : Gated(context);

    private static IEnumerable<Fault> Plain(FaultContext context)
    {
        var isRelu = context.Spec.Cell == RnnCell.Relu;
        var right = isRelu ? "dz[t] = dh[t]⊙[{h}[t] > 0]" : "dz[t] = dh[t]⊙(1 − {h}[t]²)";
        yield return Wrong("activation-derivative-missing", ActivationDerivative.Missing, "dz[t] = dh[t]");
        if (isRelu)
        {
            yield return Wrong("activation-other", ActivationDerivative.AsTanh, "dz[t] = dh[t]⊙(1 − {h}[t]²)", ("as", "tanh"));
            yield return Wrong("activation-other", ActivationDerivative.AsSigmoid, "dz[t] = dh[t]⊙{h}[t]⊙(1 − {h}[t])", ("as", "sigmoid"));
        }
        else
        {
            yield return Wrong("activation-derivative-of-input", ActivationDerivative.OfOutput, "dz[t] = dh[t]⊙(1 − tanh²({h}[t]))", ("derivative", "1 − tanh²(h)"));
            yield return Wrong("activation-derivative-of-input", ActivationDerivative.OfInput, "dz[t] = dh[t]⊙(1 − z[t]²)", ("derivative", "1 − z²"));
            yield return Wrong("activation-derivative-unsquared", ActivationDerivative.Unsquared, "dz[t] = dh[t]⊙(1 − {h}[t])");
            yield return Wrong("activation-other", ActivationDerivative.AsSigmoid, "dz[t] = dh[t]⊙{h}[t]⊙(1 − {h}[t])", ("as", "sigmoid"));
            yield return Wrong("activation-other", ActivationDerivative.AsRelu, "dz[t] = dh[t]⊙[{h}[t] > 0]", ("as", "relu"));
        }

        Fault Wrong(string id, ActivationDerivative derivative, string wrong, params (string, string)[] parameters)
        {
            return FaultFactory.InLoop(id, Statement.Derivative, loop => loop with { Derivative = derivative }, wrong, right, parameters);
        }
    }

    private static IEnumerable<Fault> Gated(FaultContext context)
    {
        // Every gate but the candidate is a sigmoid.
        var candidate = context.Gates.ToList().FindIndex(gate => gate is "g" or "n");
        var sigmoids = context.AllGates & ~(1 << candidate);
        yield return AsValue(sigmoids, "all sigmoids");
        yield return AsValue(context.AllGates, "all");
        for (var gate = 0; gate < context.Gates.Count; gate++)
        {
            yield return AsValue(1 << gate, context.Gates[gate]);
        }

        yield return LeftOut(context.AllGates, "all");
        for (var gate = 0; gate < context.Gates.Count; gate++)
        {
            yield return LeftOut(1 << gate, context.Gates[gate]);
        }

        Fault AsValue(int gates, string name)
        {
            var isCandidate = gates == 1 << candidate;
            return FaultFactory.InLoop(
                "gate-derivative-missing",
                Statement.Derivative,
                loop => loop with { GatesWithValue = gates },
                $"dz = dgate⊙gate (gate: {name})",
                isCandidate ? $"dz = dgate⊙(1 − gate²) (gate: {name})" : $"dz = dgate⊙gate⊙(1 − gate) (gate: {name})",
                ("gate", name),
                ("factor", "gate"));
        }

        Fault LeftOut(int gates, string name)
        {
            return FaultFactory.InLoop(
                "gate-derivative-missing",
                Statement.Derivative,
                loop => loop with { GatesWithoutDerivative = gates },
                $"dz = dgate (gate: {name})",
                $"dz = dgate⊙gate⊙(1 − gate), or ⊙(1 − gate²) for a tanh (gate: {name})",
                ("gate", name),
                ("factor", "1"));
        }
    }
}
