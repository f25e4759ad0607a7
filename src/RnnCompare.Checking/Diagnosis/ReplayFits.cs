using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Diagnosis;

/// <summary>Whether replays fit what the program says; asked once for every array and everything of a variant that reaches it.</summary>
internal sealed class ReplayFits(IReplay replay, Evidence evidence, Rounding rounding)
{
    private readonly Dictionary<(string, Variant), bool> _known = [];

    /// <summary>Whether an array of a variant may be what the program computed.</summary>
    public bool Fits(string name, Variant variant)
    {
        var key = (name, VariantView.For(variant, name));
        if (!_known.TryGetValue(key, out var fits))
        {
            var values = replay.Values(name, variant);
            fits = evidence.Fit(name, values) <= 1 || (evidence.IsOtherwiseRounded(name, values) && rounding.Residual(evidence, name, variant) <= Evidence.Limit);
            _known[key] = fits;
        }

        return fits;
    }
}
