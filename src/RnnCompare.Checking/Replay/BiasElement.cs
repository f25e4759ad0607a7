namespace RnnCompare.Checking.Replay;

/// <summary>One element fills a whole bias, or a gate's block of it.</summary>
/// <param name="Entry">The element's index in the bias, or in a gate's block.</param>
/// <param name="Gates">The gates, as bits, whose blocks are filled with their own element; <see cref="WholeBias"/> for one element of the whole.</param>
internal readonly record struct BiasElement(int Entry, int Gates)
{
    public const int WholeBias = -1;
}
