using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Faults;

namespace RnnCompare.Checking.Benchmark;

/// <summary>A program with known mistakes, or none.</summary>
/// <param name="Prototype">What it was given and what it computed.</param>
/// <param name="Planted">Its mistakes.</param>
/// <param name="Sigma">The standard deviation of its weights.</param>
/// <param name="Seed">What the case was drawn from.</param>
internal sealed record BenchmarkCase(Prototype Prototype, IReadOnlyList<Fault> Planted, double Sigma, int Seed)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var (spec, batch) = (Prototype.Weights.Spec, Prototype.Batch);
        var options = $"{spec.Outputs} {spec.Loss} {spec.Reduction}{(batch.Lengths is null ? "" : " lengths")}{(batch.InitialState is null ? "" : " h0")}{(batch.Inputs.Tokens is null ? "" : " tokens")}";
        return $"seed {Seed}: {Prototype.Sizes}, {options} sigma={Sigma} {Prototype.Precision}: {string.Join(" + ", Planted)}";
    }
}
