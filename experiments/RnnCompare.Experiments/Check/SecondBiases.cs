using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Checks the gradients of second biases, which networks here do not have: each is that of the first.</summary>
internal static class SecondBiases
{
    private static readonly string Prefix = TensorNames.Gradient(SecondBias.Name);

    /// <summary>Whether a claim is the gradient of a second bias.</summary>
    public static bool IsOne(string tensor) => tensor.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Compares those that a prototype gives.</summary>
    /// <param name="saved">The prototype.</param>
    /// <param name="manual">The manual engine, with the prototype's weights.</param>
    public static IReadOnlyList<TensorComparison> Compare(SavedPrototype saved, IRnnEngine<double> manual)
    {
        var claims = saved.Claims.Where(claim => IsOne(claim.Tensor)).ToArray();
        if (claims.Length == 0)
        {
            return [];
        }

        var gradients = manual.Gradients(saved.Batch).Weights;
        return [.. claims.Select(claim => Compare(saved, claim, gradients))];
    }

    /// <summary>The mistake where only second biases are wrong, and all of those are zero; otherwise none.</summary>
    public static IEnumerable<NamedFault> Faults(SavedPrototype saved, IReadOnlyList<TensorComparison> wrong)
    {
        if (wrong.Count == 0 || !wrong.All(tensor => saved.Claims.First(claim => claim.Tensor == tensor.Name).Values.Data.All(value => value == 0)))
        {
            yield break;
        }

        var names = wrong.Select(tensor => saved.NameOf(tensor.Name)).ToArray();
        yield return new()
        {
            Id = "hidden-bias-missing",
            With = [],
            OneOf = [],
            Stage = FaultStage.Backward,
            Parameters = new Dictionary<string, string> { ["bias"] = SecondBias.Name },
            Residual = 0,
            Tensors = names,
            Wrong = $"{string.Join(", ", names)} = 0",
            Right = $"{string.Join(", ", names)} = {string.Join(", ", wrong.Select(tensor => saved.NameOf(First(tensor.Name))))}",
        };
    }

    private static TensorComparison Compare(SavedPrototype saved, PrototypeArray<double> claim, RnnWeights<double> gradients)
    {
        var name = First(claim.Tensor);
        var isReverse = name.EndsWith('r');
        var layer = Enumerable.Range(0, saved.Spec.Layers).First(layer => TensorNames.Gradient(TensorNames.Bh) + TensorNames.Suffix(layer, isReverse) == name);
        var precision = PrototypeCheck.PrecisionOf(saved).Lower(PrototypeCheck.PrecisionOf(claim));
        var weights = gradients.Layer(layer, isReverse);
        var tolerance = new SecondBiasTolerance(NoiseFloor.Measure(saved.Weights, saved.Batch, precision), name, weights.bh);
        return TensorComparison.Compare(saved.Spec, claim.Tensor, SecondBias.Gradient(weights), claim.Values, tolerance);
    }

    private static string First(string tensor) => TensorNames.Gradient(TensorNames.Bh) + tensor[Prefix.Length..];
}
