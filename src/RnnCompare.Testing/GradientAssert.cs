using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Data;
using RnnCompare.Engines;
using Xunit;

namespace RnnCompare.Testing;

/// <summary>The doctor's verdicts as xunit assertions.</summary>
public static class GradientAssert
{
    /// <summary>Passes where a hand-written model computes right outputs and gradients; otherwise fails with the doctor's text, which names the mistake.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">What it computes on, with targets.</param>
    /// <param name="second">A second reference, for example the autograd engine; null for the manual engine and central differences alone.</param>
    /// <exception cref="ArgumentException">The batch does not fit the model, or an array that it returns has another shape than it should.</exception>
    public static void Agrees(IHandWrittenModel model, SequenceBatch<double> batch, IRnnEngine<double>? second = null)
    {
        var result = Doctor.Diagnose(model, batch, second);
        if (result.Verdict != Verdict.Agrees)
        {
            Assert.Fail(DiagnosisText.Render(result));
        }
    }

    /// <summary>Passes where two results agree array by array, norm-wise relative; otherwise fails with the first element that does not.</summary>
    /// <param name="expected">The right gradients.</param>
    /// <param name="actual">Those in question.</param>
    /// <param name="relative">The largest ‖expected − actual‖ / ‖expected‖ of an array that agrees.</param>
    /// <typeparam name="T">The precision.</typeparam>
    public static void Equal<T>(GradientResult<T> expected, GradientResult<T> actual, double relative = 1e-12)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var comparison = GradientComparison.Compare(expected, actual, Tolerance.Relative(relative));
        if (!comparison.Agrees)
        {
            Assert.Fail(comparison.Describe("expected", "actual"));
        }
    }
}
