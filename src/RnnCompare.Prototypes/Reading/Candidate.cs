using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>A whole reading: the network, its inputs, what is differentiated, and how the loss is put together.</summary>
internal sealed record Candidate
{
    public required Trial Trial { get; init; }

    public required Goal Goal { get; init; }

    public required LossScale Scale { get; init; }

    /// <summary>The gradients of the sum over all outputs that count.</summary>
    public required GradientResult<double> Sum { get; init; }

    /// <summary>How far the prototype's loss is off, relatively; null where it has none.</summary>
    public double? LossDistance { get; init; }

    /// <summary>λ, where ½·λ·‖W‖² of every matrix is part of the loss and λ·W of its gradient.</summary>
    public double Decay { get; init; }

    /// <summary>The distance of every gradient that the prototype has, relatively, by canonical name.</summary>
    public required IReadOnlyDictionary<string, double> Gradients { get; init; }

    /// <summary>The gradients that are off by more than rounding, whatever the precision.</summary>
    public int Wrong => Gradients.Count(gradient => gradient.Value > Met);

    /// <summary>What was chosen, by the keys of <see cref="PrototypeOptions"/>.</summary>
    public IReadOnlyDictionary<string, string> Choices
    {
        get
        {
            var choices = new Dictionary<string, string>(Trial.Network.Choices);
            if (Trial.Sequence.Order.Contains('B') && Trial.Sequence.Sizes.BatchSize > 1)
            {
                choices["batch_first"] = Trial.Sequence.Order.Contains("BT", StringComparison.Ordinal) ? "true" : "false";
            }

            if (Goal.Targets is not null)
            {
                choices["loss"] = Goal.Loss == LossKind.CrossEntropy ? "cross-entropy" : "squared-error";
                choices["outputs"] = Goal.Outputs == OutputMode.EveryStep ? "every-step" : "last-step";
                choices["reduction"] = Scale.Reduction;
                if (Scale.Half is { } half)
                {
                    choices["half"] = half ? "true" : "false";
                }
            }

            return choices;
        }
    }

    /// <summary>Whether the forward pass and the loss, or where neither is there the gradients, are those of the reading.</summary>
    public bool IsMet => Trial.Evidence.Count > 0 || LossDistance is not null
        ? Trial.Evidence.All(found => found.Distance <= Met) && LossDistance is null or <= 1e-3
        : Wrong == 0 && Gradients.Count > 0;

    private double Met => Precise ? Trial.Met : 1e-3;

    private bool Precise { get; init; } = true;

    /// <summary>Every candidate of a trial.</summary>
    public static IEnumerable<Candidate> Of(NamedArrays arrays, Trial trial, PrototypeOptions options)
    {
        var sizes = trial.Sequence.Sizes;
        var precise = trial.Network.Arrays.All(name => arrays[name].ElementType is ElementType.Float64 or ElementType.Extended);
        foreach (var goal in Goal.Of(arrays, trial, options))
        {
            var sum = Differentiate(trial, goal);
            var claims = GradientClaims.Of(arrays, trial.Network);
            var loss = goal.Targets is null ? null : Loss(arrays);
            var steps = goal.Outputs == OutputMode.EveryStep ? sizes.Steps : 1;
            var scales = goal.Targets is null ? [new("sum", null, 1)] : LossScale.All(goal.Loss, goal.Counted(trial.Sequence), steps, sizes.BatchSize, trial.Weights.Spec.OutputSize)
                .Where(scale => (options["reduction"] ?? scale.Reduction) == scale.Reduction && (options["half"] is not { } half || scale.Half is null || half == "true" == scale.Half));
            foreach (var scale in scales)
            {
                foreach (var decay in WeightDecay.Of(claims, trial.Weights, sum, scale.Factor, loss).Prepend(0))
                {
                    var expected = (scale.Factor * sum.Loss) + (decay * WeightDecay.HalfSquares(trial.Weights));
                    yield return new()
                    {
                        Trial = trial,
                        Goal = goal,
                        Scale = scale,
                        Sum = sum,
                        Decay = decay,
                        Precise = precise,
                        LossDistance = loss is { } stated ? Math.Min(1, Math.Abs(stated - expected) / Math.Abs(expected)) : null,
                        Gradients = claims.ToDictionary(claim => claim.Tensor, claim => claim.Distance(sum.Weights, scale.Factor, WeightDecay.AppliesTo(claim.Tensor, trial.Weights) ? decay : 0, trial.Weights)),
                    };
                }
            }
        }
    }

    private static double? Loss(NamedArrays arrays)
    {
        return DataNames.Find(arrays, DataRole.Loss) is [var name, ..] && arrays.Get<double>(name) is { Length: 1 } loss ? loss.Data[0] : null;
    }

    private static GradientResult<double> Differentiate(Trial trial, Goal goal)
    {
        var spec = trial.Network.Spec with { Outputs = goal.Outputs, Loss = goal.Loss, OutputSize = trial.Weights.Spec.OutputSize };
        using var engine = CellEngine.Create(trial.Network.ReadWeights(trial.Arrays, spec));
        return goal.Upstream is { } adjoint
            ? engine.Gradients(trial.Sequence.Batch, adjoint)
            : engine.Gradients(trial.Sequence.Batch with { Targets = goal.Targets, LossWeights = goal.Counting });
    }
}
