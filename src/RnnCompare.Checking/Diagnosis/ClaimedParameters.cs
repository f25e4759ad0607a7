using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Parameters of mistakes that can be read off a program's arrays.</summary>
internal static class ClaimedParameters
{
    /// <summary>What is worth trying.</summary>
    public static FaultContext Of(Evidence evidence)
    {
        var (prototype, claims) = (evidence.Prototype, evidence.Claims);
        var spec = prototype.Weights.Spec;
        var context = new FaultContext { Spec = spec, Batch = prototype.Batch };
        var gradients = claims.Tensors.Where(tensor => TensorKind.IsWeightGradient(tensor.Name)).ToArray();
        return context with
        {
            // One element that fills a bias shows: whole blocks of it are equal.
            HiddenEntries = HasEqualBlock("d" + TensorNames.Bh, spec.Cell.Gates.Count) ? [.. Enumerable.Range(0, spec.GateRows)] : context.HiddenEntries,
            OutputEntries = HasEqualBlock("d" + TensorNames.By, 1) ? [.. Enumerable.Range(0, spec.OutputSize)] : context.OutputEntries,
            ElementLimit = gradients.Length == 0 ? double.NaN : gradients.Max(tensor => tensor.Values.Data.Max(Math.Abs)),
        };

        bool HasEqualBlock(string name, int blocks)
        {
            if (claims.Find(name) is not { } bias)
            {
                return false;
            }

            for (var block = 0; block < blocks; block++)
            {
                var part = TensorSegments.Part(bias.Span, blocks, block);
                if (part.IndexOfAnyExcept(part[0]) < 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
