using RnnCompare.Cells;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes that the forward pass shows already.</summary>
internal static class ForwardFaults
{
    public static IEnumerable<Fault> For(FaultContext context)
    {
        yield return FaultFactory.InForward(
            "carried-state-discarded",
            Statement.ReadState,
            forward => forward with { InitialStateDiscarded = true },
            "{h}[-1] = 0, whatever was handed in",
            "{h}[-1] = the state handed in");
        if (context.Spec.Loss == LossKind.CrossEntropy)
        {
            yield return FaultFactory.InForward(
                "loss-of-summed-probability",
                Statement.LossSum,
                forward => forward with { Loss = LossValue.SummedProbability },
                "loss[t] = −log Σ over the batch of p[target]",
                "loss[t] = Σ over the batch of −log p[target]");
        }

        yield return FaultFactory.InForward(
            "hidden-bias-missing",
            Statement.ForwardHiddenBias,
            forward => forward with { HiddenBiasMissing = true },
            "z[t] without {bh}",
            "z[t] = … + {bh}",
            ("where", "forward"));
        yield return FaultFactory.InForward(
            "output-bias-missing",
            Statement.ForwardOutputBias,
            forward => forward with { OutputBiasMissing = true },
            "{y}[t] = {h}[t]·{Whyᵀ}",
            "{y}[t] = {h}[t]·{Whyᵀ} + {by}",
            ("where", "forward"));
        foreach (var fault in Activations(context))
        {
            yield return fault;
        }

        yield return FaultFactory.InForward(
            "padding-counted",
            Statement.ReadLengths,
            forward => forward with { LengthsIgnored = true },
            "every sequence runs over all T steps",
            "a sequence ends with its length");
        if (context.HasPadding && context.Spec.Outputs == OutputMode.EveryStep)
        {
            yield return FaultFactory.InForward(
                "padding-counted",
                Statement.ReadLengths,
                forward => forward with { LengthsIgnored = true, LossMasked = true },
                "dy[t] at every step, the loss within the lengths",
                "dy[t] = 0 past a sequence's length",
                ("where", "dy"));
        }
    }

    private static IEnumerable<Fault> Activations(FaultContext context)
    {
        var own = context.Spec.Cell == RnnCell.Relu ? Activation.Relu : Activation.Tanh;
        foreach (var other in new[] { Activation.Tanh, Activation.Relu, Activation.Sigmoid })
        {
            if (context.IsPlain && other != own)
            {
                var (wrong, right) = (Name(other), Name(own));
                yield return FaultFactory.InForward(
                    "activation-other",
                    Statement.ForwardActivation,
                    forward => forward with { Activation = other },
                    $"{{h}}[t] = {wrong}(z[t])",
                    $"{{h}}[t] = {right}(z[t])",
                    ("as", wrong),
                    ("where", "forward and backward"));
            }
        }
    }

    private static string Name(Activation activation) => Enum.GetName(activation)!.ToLowerInvariant();
}
