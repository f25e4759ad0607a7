using RnnCompare.Models;

namespace RnnCompare.Checking.Replay;

/// <summary>What of a variant reaches one array: variants that look the same from there give it the same values.</summary>
internal static class VariantView
{
    /// <summary>The variant with every statement that does not reach the array put right.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="name">The array's name, with layer and direction.</param>
    public static Variant For(Variant variant, string name)
    {
        var kind = TensorKind.Of(name);
        if (kind is "h" or "hT" or "cT" or "y" or "p" or "loss")
        {
            return new() { Forward = Forward(variant.Forward, kind) };
        }

        if (TensorKind.IsWeightGradient(name) && variant.Finish.Rescaling.Kind is RescalingKind.ClippedByNorm or RescalingKind.NormalisedTogether)
        {
            // The common norm is that of all arrays.
            return variant;
        }

        var isOutput = kind is TensorNames.Why or TensorNames.By;
        return new()
        {
            Forward = Forward(variant.Forward, "gradient"),
            OutputError = variant.OutputError,
            Recurrence = isOutput ? Variant.Right.Recurrence : variant.Recurrence,
            Sums = Sums(variant.Sums, kind, name),
            Finish = Finish(variant.Finish, kind),
        };
    }

    private static ForwardVariant Forward(ForwardVariant forward, string kind)
    {
        return kind switch
        {
            "loss" => forward,
            "p" or "gradient" => forward with { LossFactor = 1, Loss = forward.Loss == LossValue.SoftmaxOverBatch ? forward.Loss : LossValue.Right },
            "y" => forward with { LossFactor = 1, Loss = LossValue.Right, LossMasked = false },
            _ => forward with { LossFactor = 1, Loss = LossValue.Right, LossMasked = false, OutputBiasMissing = false },
        };
    }

    private static SumVariant Sums(SumVariant sums, string kind, string name)
    {
        var copy = sums.GateCopy is { } gates && gates.Array == kind ? sums.GateCopy : null;
        return kind switch
        {
            TensorNames.Why => new() { OutputSteps = sums.OutputSteps },
            TensorNames.By => new() { OutputSteps = sums.OutputSteps, OutputBias = sums.OutputBias },
            TensorNames.Wxh => new()
            {
                HiddenSteps = sums.HiddenSteps,
                NetworkInput = sums.NetworkInput && name.Contains('.', StringComparison.Ordinal) && !name.EndsWith(".0r", StringComparison.Ordinal),
                RunningInputDelta = sums.RunningInputDelta,
                GateCopy = copy,
            },
            TensorNames.Whh => new()
            {
                HiddenSteps = sums.HiddenSteps,
                HiddenOperand = sums.HiddenOperand,
                RunningHiddenDelta = sums.RunningHiddenDelta,
                GateCopy = copy,
            },
            TensorNames.Bh => new() { HiddenSteps = sums.HiddenSteps, HiddenBias = sums.HiddenBias, GateCopy = copy },
            TensorNames.Bhn => new() { HiddenSteps = sums.HiddenSteps, CandidateBias = sums.CandidateBias },
            _ => Variant.Right.Sums,
        };
    }

    private static FinishVariant Finish(FinishVariant finish, string kind)
    {
        var everywhere = new FinishVariant { Factor = finish.Factor, Negated = finish.Negated };
        return kind switch
        {
            TensorNames.Why => everywhere with { Transposed = finish.Transposed & Transposition.Why, Rescaling = finish.Rescaling },
            TensorNames.By => everywhere with { OutputElement = finish.OutputElement, Rescaling = finish.Rescaling },
            TensorNames.Wxh => everywhere with { GateOrder = finish.GateOrder, Transposed = finish.Transposed & Transposition.Wxh, Rescaling = finish.Rescaling },
            TensorNames.Whh => everywhere with { GateOrder = finish.GateOrder, Transposed = finish.Transposed & Transposition.Whh, Rescaling = finish.Rescaling },
            TensorNames.Bh => everywhere with { GateOrder = finish.GateOrder, HiddenElement = finish.HiddenElement, Rescaling = finish.Rescaling },
            TensorNames.Bhn => everywhere with { Rescaling = finish.Rescaling },
            _ => everywhere,
        };
    }
}
