using RnnCompare.Checking.Comparison;

namespace RnnCompare.Checking.Benchmark;

/// <summary>The rules by which gradients are commonly compared.</summary>
internal static class CommonRules
{
    /// <summary>The rules that are tried, by name.</summary>
    public static IReadOnlyDictionary<string, Func<TensorSet, TensorSet, bool>> Finds { get; } = new Dictionary<string, Func<TensorSet, TensorSet, bool>>
    {
        // torch.autograd.gradcheck and torch.testing with its tolerances; numpy.allclose; llm.c's test against PyTorch.
        ["gradcheck (atol 1e-5, rtol 1e-3)"] = (right, claims) => Any(right, claims, (a, b) => Math.Abs(a - b) > 1e-5 + (1e-3 * Math.Abs(a))),
        ["allclose (rtol 1e-5, atol 1e-8)"] = (right, claims) => Any(right, claims, (a, b) => Math.Abs(a - b) > 1e-8 + (1e-5 * Math.Abs(a))),
        ["llm.c (absolute 2e-2)"] = (right, claims) => Any(right, claims, (a, b) => Math.Abs(a - b) > 2e-2),
        ["sum of differences (1e-6)"] = (right, claims) => AnySum(right, claims, 1e-6),
    };

    private static bool Any(TensorSet right, TensorSet claims, Func<double, double, bool> differ)
    {
        return claims.Tensors.Any(tensor => right.Find(tensor.Name)!.Data.Zip(tensor.Values.Data).Any(pair => differ(pair.First, pair.Second) || double.IsNaN(pair.Second)));
    }

    private static bool AnySum(TensorSet right, TensorSet claims, double limit)
    {
        return claims.Tensors.Any(tensor => !(Math.Abs(right.Find(tensor.Name)!.Data.Zip(tensor.Values.Data, (a, b) => a - b).Sum()) <= limit));
    }
}
