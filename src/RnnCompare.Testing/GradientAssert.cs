using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using Xunit.Sdk;

namespace RnnCompare.Testing;

/// <summary>Assertions about gradients; where they fail, the message says what is wrong and, where it is known, which mistake was made.</summary>
public static class GradientAssert
{
    /// <summary>Runs a hand-written model on a batch and demands that everything it returns is right to within its precision's rounding.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch, with targets.</param>
    /// <typeparam name="T">The model's precision.</typeparam>
    /// <returns>The diagnosis; its <see cref="DiagnosisResult.BlindTo"/> lists the mistakes that this batch could not have revealed.</returns>
    /// <exception cref="XunitException">Something is wrong; the message is the diagnosis.</exception>
    public static DiagnosisResult Agrees<T>(IHandWrittenModel<T> model, SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = Doctor.Diagnose(model, batch);
        return result.Verdict == Verdict.Agrees ? result : throw new XunitException(DiagnosisText.Render("The model", result));
    }

    /// <summary>Demands that two engines' losses and gradients are equal, norm-wise and array by array.</summary>
    /// <param name="expected">The gradients expected.</param>
    /// <param name="actual">The gradients to be judged.</param>
    /// <param name="tolerance">The relative distance allowed; null for 10⁻¹² in float64 and 10⁻⁵ in float32.</param>
    /// <exception cref="XunitException">They differ; the message names the worst element of every array that does.</exception>
    public static void Equal<T>(GradientResult<T> expected, GradientResult<T> actual, double? tolerance = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(GradientComparison.Compare(expected, actual, Relative<T>(tolerance)));
    }

    /// <summary>Demands that two sets of weights, or of their gradients, are equal, norm-wise and array by array.</summary>
    /// <param name="expected">The values expected.</param>
    /// <param name="actual">The values to be judged.</param>
    /// <param name="tolerance">The relative distance allowed; null for 10⁻¹² in float64 and 10⁻⁵ in float32.</param>
    /// <exception cref="XunitException">They differ; the message names the worst element of every array that does.</exception>
    public static void Equal<T>(RnnWeights<T> expected, RnnWeights<T> actual, double? tolerance = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(GradientComparison.Compare(expected, actual, Relative<T>(tolerance)));
    }

    private static Tolerance Relative<T>(double? tolerance) => Tolerance.Relative(tolerance ?? (typeof(T) == typeof(float) ? 1e-5 : 1e-12));

    private static void Require(GradientComparison comparison)
    {
        if (!comparison.Agrees)
        {
            var lines = comparison.Tensors.Where(tensor => !tensor.Agrees).Select(tensor => tensor.Describe("expected", "actual"));
            throw new XunitException(string.Join(Environment.NewLine, lines));
        }
    }
}
