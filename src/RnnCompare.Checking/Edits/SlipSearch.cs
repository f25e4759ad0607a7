using RnnCompare.Checking.Diagnosis;

namespace RnnCompare.Checking.Edits;

/// <summary>Finds the slips that reproduce what a program computed: those of the forward pass first, and behind them those of the backward pass.</summary>
internal sealed class SlipSearch : IDisposable
{
    // So many explanations of the forward pass are carried on to the backward pass, and so many of them to two slips there.
    private const int Carried = 8;
    private const int CarriedToPairs = 2;
    private readonly bool _isForwardRight;
    private readonly Lazy<IReadOnlyList<ForwardSlip>> _forward;
    private readonly Lazy<IReadOnlyList<EditSearch>> _searches;

    /// <summary>Prepares a search.</summary>
    /// <param name="evidence">What the program claims, what is right, and what rounding costs.</param>
    public SlipSearch(Evidence evidence)
    {
        _isForwardRight = evidence.Names.Where(Evidence.IsForward).All(evidence.IsRight);
        _forward = new(() => _isForwardRight ? [] : [.. ForwardSlip.Find(evidence).Take(Carried)]);
        _searches = new(() => _isForwardRight ? [new(evidence)] : [.. _forward.Value.Select(slip => new EditSearch(evidence, slip))]);
    }

    /// <summary>The explanations by so many slips, the likeliest first; none of more than three.</summary>
    public IReadOnlyList<EditExplanation> OfSize(int size)
    {
        var behind = _isForwardRight ? size : size - 1;
        var found = _searches.Value.Take(behind == 2 ? CarriedToPairs : Carried).Select(search => behind switch { 0 => search.Alone(), 1 => search.Singles(), 2 => search.Pairs(), _ => [] });
        return size == 0 ? [] : behind == 0 ? [.. found.SelectMany(explanations => explanations)] : found.FirstOrDefault(explanations => explanations.Count > 0) ?? [];
    }

    /// <summary>Where slips must stand when nothing reproduces all numbers, stage by stage.</summary>
    public IReadOnlyList<string> Places()
    {
        return _isForwardRight ? _searches.Value[0].Places()
            : _forward.Value is [var slip, ..] ? [$"The forward pass by itself is explained: yours {slip.Edit.Wrong}, right {slip.Edit.Right}. The gradients do not follow from it.", .. _searches.Value[0].Places()]
            : [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var search in _searches.IsValueCreated ? _searches.Value : [])
        {
            search.Dispose();
        }
    }
}
