using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Experiments.Results;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Migration;

/// <summary>What a prototype computed, beside what TorchSharp computes with its weights.</summary>
internal static class EngineTable
{
    /// <summary>The table: a row for each array that the prototype gave.</summary>
    /// <param name="saved">The prototype.</param>
    /// <param name="precision">Its precision.</param>
    /// <param name="residue">A distance of all arrays that was found to be no mistake; null where there is none.</param>
    public static ReportTable Of(SavedPrototype saved, Precision precision, double? residue)
    {
        var floor = NoiseFloor.Measure(saved.Weights, saved.Batch, precision);
        var claims = new TensorSet(saved.Spec);
        foreach (var claim in saved.Claims.Where(claim => !SavedPrototype.IsDerived(claim.Tensor)))
        {
            claims.Add(claim.Tensor, claim.Values);
        }

        var autograd = Compare(saved, new AutogradEngine<double>(saved.Weights), claims, floor);
        var fused = FusedEngine<double>.Supports(saved.Spec.Cell) ? Compare(saved, new FusedEngine<double>(saved.Weights), claims, floor) : null;
        return new(
            "The prototype beside TorchSharp",
            ["array", "autograd", "fused", "rounding", "verdict"],
            [.. autograd.Tensors.Select(tensor => Row(saved, tensor, fused?.Tensors.FirstOrDefault(other => other.Name == tensor.Name), residue))],
            [$"Distances of the prototype's arrays, ‖a − b‖/‖b‖, to a module that loops over time and to nn's own layer{(fused is null ? ", which TorchSharp does not have for this cell" : "")}. rounding: what rounding alone does here, measured; up to {floor.Limit} times that, in every gate and at every step, agrees."]);
    }

    private static GradientComparison Compare(SavedPrototype saved, IRnnEngine<double> engine, TensorSet claims, Tolerance floor)
    {
        using (engine)
        {
            var right = TensorSet.Of(saved.Spec, engine.Forward(saved.Batch));
            right.AddAll(TensorSet.Of(engine.Gradients(saved.Batch)));
            return GradientComparison.Compare(right, claims, floor);
        }
    }

    private static string[] Row(SavedPrototype saved, TensorComparison autograd, TensorComparison? fused, double? residue)
    {
        return
        [
            ArrayName.Shown(saved.NameOf(autograd.Name)),
            Figures.Distance(autograd.Relative),
            fused is null ? "–" : Figures.Distance(fused.Relative),
            Figures.Distance(autograd.NoiseFloor),
            autograd.Agrees && fused is not { Agrees: false } ? "agrees" : autograd.Relative <= residue ? "residue" : "differs",
        ];
    }
}
