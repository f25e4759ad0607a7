using System.Globalization;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Check;

/// <summary>What a check says beside its diagnosis: how the arrays were read, and what is left over.</summary>
public static class CheckNotes
{
    /// <summary>How the arrays were read and what speaks for it; nothing where names and shapes, or someone, said it.</summary>
    public static IEnumerable<string> Reading(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Saved.Reading is { } reading)
        {
            yield return $"Read as {ArrayName.Shown(reading.Found)}.";
            yield return $"By its own numbers: {ArrayName.Shown(reading.Evidence)}.";
        }
    }

    /// <summary>The readings that were tried beside it.</summary>
    public static IEnumerable<string> Others(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Saved.Reading is not { Others.Count: > 0 } reading)
        {
            return ["No other reading was tried: names and shapes, or options, leave none."];
        }

        return reading.Others.Select(other => string.Create(CultureInfo.InvariantCulture, $"  {other.Differs}: forward off by {other.Distance:0.0e-0}{(other.LossDistance is { } loss ? $", loss by {loss:0.0e-0}" : "")}{(other.WrongGradients is { } wrong ? $", {wrong} gradients do not fit" : "")}"))
            .Prepend("Other readings, and how far off they are:");
    }

    /// <summary>The residue, where there is one.</summary>
    public static IEnumerable<string> Residue(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Residue is { } level)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Arrays are off by up to {level:0.0e-0} of their size, far above rounding and far below a mistake: an epsilon, or float32 somewhere? They were judged from there on (--strict takes it for a finding).");
        }
    }
}
