using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in adding the gradients of weights over the steps.</summary>
internal static class SumFaults
{
    public static IEnumerable<Fault> For(FaultContext context)
    {
        return [.. Operands(context), .. Steps(), .. GateCopies(context)];
    }

    private static IEnumerable<Fault> Operands(FaultContext context)
    {
        const string right = "{dWhh} += dz[t]ᵀ·{h}[t-1]";
        yield return Operand("hidden-same-step", HiddenOperand.SameStep, "{dWhh} += dz[t]ᵀ·{h}[t]");
        yield return Operand("hidden-wraps-around", HiddenOperand.WrapsAround, "{dWhh} += dz[0]ᵀ·{h}[-1], and {h}[-1] is the last step's state");
        yield return Operand("initial-state-ignored", HiddenOperand.InitialIgnored, "{dWhh} += dz[0]ᵀ·0");
        if (context.IsPlain)
        {
            foreach (var (input, hidden, name) in new[] { (true, false, "dWxh"), (false, true, "dWhh"), (true, true, "dWxh and dWhh") })
            {
                yield return FaultFactory.InSums(
                    "running-sum-as-delta",
                    (input ? Statement.InputDelta : 0) | (hidden ? Statement.HiddenDelta : 0),
                    sums => sums with { RunningInputDelta = sums.RunningInputDelta || input, RunningHiddenDelta = sums.RunningHiddenDelta || hidden },
                    input ? "{dWxh} += {dbh}ᵀ·{x}[t]" : "{dWhh} += {dbh}ᵀ·{h}[t-1]",
                    input ? "{dWxh} += dz[t]ᵀ·{x}[t]" : right,
                    ("gradient", name));
            }
        }

        if (context.Spec.Layers > 1 && context.Spec.InputSize == context.Spec.FeatureSize)
        {
            yield return FaultFactory.InSums(
                "layer-input-instead",
                Statement.InputOperand,
                sums => sums with { NetworkInput = true },
                "{dWxh} of an upper layer += dz[t]ᵀ·{x}[t]",
                "{dWxh} of an upper layer += dz[t]ᵀ·(the lower layer's {h}[t])");
        }

        static Fault Operand(string id, HiddenOperand operand, string wrong)
        {
            return FaultFactory.InSums(id, Statement.HiddenOperand, sums => sums with { HiddenOperand = operand }, wrong, right);
        }
    }

    private static IEnumerable<Fault> Steps()
    {
        foreach (var all in new[] { true, false })
        {
            var scope = ("gradients", all ? "all" : "hidden");
            yield return Summed("gradient-overwritten", SummedSteps.First, "dW = … inside the loop over t", "dW += … inside the loop over t");
            yield return Summed("gradient-last-step-only", SummedSteps.Last, "dW is the last step's contribution", "dW is the sum over all steps");
            yield return Skipped("first-step-skipped", LoopRange.FirstSkipped, SummedSteps.ExceptFirst, "the loop ends before t = 0", "the loop ends with t = 0");
            yield return Skipped("last-step-skipped", LoopRange.LastSkipped, SummedSteps.ExceptLast, "the loop begins at T − 2", "the loop begins at T − 1");

            Fault Summed(string id, SummedSteps steps, string wrong, string right)
            {
                return FaultFactory.InSums(
                    id, Statement.SummedSteps, sums => sums with { HiddenSteps = steps, OutputSteps = all ? steps : sums.OutputSteps }, wrong, right, scope);
            }

            Fault Skipped(string id, LoopRange range, SummedSteps steps, string wrong, string right)
            {
                Variant Edit(Variant variant) => variant with
                {
                    Recurrence = variant.Recurrence with { Range = range },
                    Sums = all ? variant.Sums with { OutputSteps = steps } : variant.Sums,
                };
                return FaultFactory.Make(id, Statement.Loop | Statement.SummedSteps, Edit, wrong, right, scope);
            }
        }
    }

    private static IEnumerable<Fault> GateCopies(FaultContext context)
    {
        foreach (var array in new[] { TensorNames.Bh, TensorNames.Wxh, TensorNames.Whh })
        {
            for (var to = 0; to < context.Gates.Count; to++)
            {
                for (var from = 0; from < context.Gates.Count; from++)
                {
                    if (from != to)
                    {
                        yield return Copied(array, to, from);
                    }
                }
            }
        }

        Fault Copied(string array, int to, int from)
        {
            var (toName, fromName) = (context.Gates[to], context.Gates[from]);
            var copy = new GateCopy(array, to, from);
            return FaultFactory.InSums(
                "gate-copy-paste",
                Statement.GateDelta,
                sums => sums with { GateCopy = copy },
                $"the {toName} block of {{d{array}}} receives the delta of {fromName}",
                $"the {toName} block of {{d{array}}} receives the delta of {toName}",
                ("array", $"d{array}"),
                ("block", toName),
                ("delta", fromName));
        }
    }
}
