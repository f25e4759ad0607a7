using System.Globalization;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in the size and the sign of gradients.</summary>
internal static class ScaleFaults
{
    public static IEnumerable<Fault> For(FaultContext context)
    {
        return [.. Factors(context), Negated, .. Clipped(context), .. Normalised()];
    }

    // Together with another factor of all gradients, the sign is part of that factor.
    private static Fault Negated => FaultFactory.InFinish("sign-flipped", Statement.Sign, finish => finish with { Negated = true }, "−dL/dW", "+dL/dW");

    private static IEnumerable<Fault> Factors(FaultContext context)
    {
        double count = context.Batch.CountedOutputs(context.Spec.Outputs);
        var padded = context.Spec.Outputs == OutputMode.EveryStep ? context.Steps * (double)context.BatchSize : context.BatchSize;
        var counted = padded == count ? "B·T" : count.ToString(CultureInfo.InvariantCulture);
        (string Id, string Name, double Factor)[] factors =
        [
            ("scaled-by-batch", "B", context.BatchSize),
            ("scaled-by-time", "T", context.Steps),
            ("scaled-by-batch-and-time", counted, context.Spec.Outputs == OutputMode.EveryStep ? count : context.Steps * count),
            ("scaled-by-two", "2", 2),
        ];
        foreach (var (id, name, factor) in factors)
        {
            foreach (var (inverse, text) in new[] { (false, name), (true, $"1/{name}") })
            {
                // A sum for a mean, or the reverse, of all that counts.
                var isReduction = factor == count && inverse == (context.Spec.Reduction == Reduction.Sum);
                var hint = isReduction ? $" (looks like --reduction {(inverse ? "mean" : "sum")})" : "";
                foreach (var fault in Scaled(id, inverse ? 1 / factor : factor, text, hint))
                {
                    yield return fault;
                }
            }
        }

        // A mean over T·B where sequences end earlier counts the padding below the line only.
        if (padded != count && context.Spec.Reduction == Reduction.Mean)
        {
            foreach (var fault in Scaled("padding-counted", count / padded, "(steps that count)/(T·B)"))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<Fault> Scaled(string id, double factor, string text, string hint = "")
    {
        var parameter = ("factor", text);
        yield return FaultFactory.InFinish(
            id, Statement.GradientScale | Statement.Sign, finish => finish with { Factor = factor }, $"gradients · {text}", "gradients of the loss as it is", parameter, ("where", "gradients"));
        yield return FaultFactory.InForward(
            id, Statement.LossScale, forward => forward with { LossFactor = factor }, $"loss · {text}", "the loss as it is", parameter, ("where", "loss"));
        yield return FaultFactory.Make(
            id,
            Statement.GradientScale | Statement.LossScale,
            variant => variant with { Forward = variant.Forward with { LossFactor = factor }, Finish = variant.Finish with { Factor = factor } },
            $"loss and gradients · {text}{hint}",
            "the loss as it is",
            parameter,
            ("where", "loss and gradients"));
    }

    private static IEnumerable<Fault> Clipped(FaultContext context)
    {
        if (!double.IsNaN(context.ElementLimit))
        {
            yield return ClippedElementwise(context.ElementLimit);
        }

        yield return ClippedByNorm(context.NormLimit);
    }

    /// <summary>Every element clamped to ±c.</summary>
    public static Fault ClippedElementwise(double limit)
    {
        var c = limit.ToString("G6", CultureInfo.InvariantCulture);
        return FaultFactory.InFinish(
            "clipped-elementwise",
            Statement.Clipping,
            finish => finish with { Rescaling = new(RescalingKind.ClippedElementwise, limit) },
            $"gradients clamped to ±{c} before they were compared",
            "gradients as backpropagation returns them",
            ("c", c));
    }

    /// <summary>All gradients scaled to norm c.</summary>
    public static Fault ClippedByNorm(double limit)
    {
        var c = double.IsNaN(limit) ? "to be found" : limit.ToString("G6", CultureInfo.InvariantCulture);
        return FaultFactory.InFinish(
            "clipped-by-norm",
            Statement.Clipping | Statement.Sign,
            finish => finish with { Rescaling = new(RescalingKind.ClippedByNorm, limit) },
            $"gradients scaled to norm {c} before they were compared",
            "gradients as backpropagation returns them",
            ("c", c));
    }

    /// <summary>All gradients times one factor.</summary>
    public static Fault Multiplied(double factor)
    {
        var text = factor.ToString("G6", CultureInfo.InvariantCulture);
        return FaultFactory.InFinish(
            "scaled",
            Statement.Clipping | Statement.Sign,
            finish => finish with { Rescaling = new(RescalingKind.Multiplied, factor) },
            $"gradients · {text}{(factor < 0 ? ", as an update would be" : "")}",
            "gradients of the loss as it is",
            ("factor", text));
    }

    private static IEnumerable<Fault> Normalised()
    {
        foreach (var (kind, name) in new[] { (RescalingKind.NormalisedEach, "each array's own"), (RescalingKind.NormalisedTogether, "that of all together") })
        {
            var rescaling = new Rescaling(kind);
            yield return FaultFactory.InFinish(
                "normalised",
                Statement.Clipping | (kind == RescalingKind.NormalisedTogether ? Statement.Sign : Statement.None),
                finish => finish with { Rescaling = rescaling },
                $"gradients divided by a norm ({name})",
                "gradients as backpropagation returns them",
                ("norm", name));
        }
    }
}
