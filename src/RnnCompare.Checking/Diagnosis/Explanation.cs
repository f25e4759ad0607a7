using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Mistakes that together may be what the program did.</summary>
/// <param name="Faults">The mistakes.</param>
/// <param name="Variant">The pass with all of them.</param>
/// <param name="Residual">The largest distance that is left, in units of the noise floor.</param>
internal sealed record Explanation(IReadOnlyList<Fault> Faults, Variant Variant, double Residual)
{
    /// <summary>The mistakes' names, sorted.</summary>
    public string Key => string.Join('+', Faults.Select(fault => fault.Id).Order(StringComparer.Ordinal));
}
