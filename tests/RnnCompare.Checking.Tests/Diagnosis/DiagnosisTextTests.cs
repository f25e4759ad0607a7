using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Checking.Tests.Diagnosis;

/// <summary>What a reader is told of differences that no known mistake makes, and of where they are.</summary>
public class DiagnosisTextTests
{
    private static readonly RnnSpec Spec = new() { Cell = Cells.CellTable.Named("lstm"), InputSize = 4, HiddenSize = 5, OutputSize = 3 };

    [Fact]
    public void Localisation_NamesTheFactorOnlyWhereItExplainsTheDifference()
    {
        Assert.Contains("  dWhh is 3 times the right one.", Told(gradients => Scale(gradients.Whh.Span, 3)));
        Assert.Contains("  dWhh is (1 + 2.0e-7) times the right one.", Told(gradients => Scale(gradients.Whh.Span, 1 + 2e-7)));

        // One element off by little: the norm of the whole is as good as right, but no factor makes it so.
        var lines = Told(gradients => gradients.Whh[6, 2] *= 1 + 1e-4);
        Assert.DoesNotContain(lines, line => line.Contains("times the right one", StringComparison.Ordinal));
        Assert.Contains("  dWhh is wrong in gate f only.", lines);
        Assert.Contains("  dWhh is wrong in row 6 only.", lines);
        Assert.Contains("  dWhh is wrong in column 2 only.", lines);
    }

    [Fact]
    public void Localisation_SaysWhereNumbersChangedPlaces()
    {
        Assert.Contains("  dWhy holds the right numbers in other places.", Told(gradients => gradients.Why.Span.Reverse()));
    }

    [Fact]
    public void Localisation_SaysThatAnArrayIsWrongThroughout()
    {
        var lines = Told(gradients =>
        {
            var random = new Random(3);
            foreach (ref var value in gradients.Whh.Span)
            {
                value *= 1 + (0.01 * random.NextDouble());
            }
        });

        Assert.Contains(lines, line => line.StartsWith("  dWhh is wrong throughout, by ", StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_SayWhichGateAndElementLieFarthestOff()
    {
        var line = Told(gradients => gradients.Whh[6, 2] += 0.25)[0];

        Assert.StartsWith("Farthest off: dWhh in gate f, where dWhh[6,2] is ", line, StringComparison.Ordinal);
    }

    private static string[] Told(Action<RnnWeights<double>> mistake)
    {
        var weights = Samples.Weights<double>(Spec, seed: 3);
        var batch = Samples.Batch<double>(Spec, steps: 4, batchSize: 2, seed: 5);
        using var manual = new ManualEngine<double>(weights);
        var gradients = manual.Gradients(batch).Weights;
        mistake(gradients);
        var claims = new TensorSet(Spec);
        foreach (var (name, values) in gradients.Tensors)
        {
            claims.Add(TensorNames.Gradient(name), values);
        }

        var result = Doctor.Diagnose(new Prototype { Weights = weights, Batch = batch, Claims = claims });
        Assert.Equal(Verdict.Disagrees, result.Verdict);
        Assert.Empty(result.Faults);
        return [.. DiagnosisText.Findings(result)];
    }

    private static void Scale(Span<double> values, double factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}
