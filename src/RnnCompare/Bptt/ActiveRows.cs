namespace RnnCompare.Bptt;

/// <summary>Cuts the sequences of a step into runs of neighbours that all are, or all are not, before their ends.</summary>
/// <param name="lengths">The steps of each sequence; null where none ends before T.</param>
/// <param name="t">The step.</param>
/// <param name="rows">Which sequences.</param>
internal ref struct ActiveRows(IReadOnlyList<int>? lengths, int t, Range rows)
{
    private readonly int _end = rows.End.Value;
    private int _next = rows.Start.Value;

    /// <summary>Finds the next run.</summary>
    public bool Next(out int start, out int count, out bool active)
    {
        start = _next;
        active = start < _end && IsActive(start);
        _next = lengths is null ? _end : _next;
        while (_next < _end && IsActive(_next) == active)
        {
            _next++;
        }

        count = _next - start;
        return count > 0;
    }

    private readonly bool IsActive(int b) => lengths is null || t < lengths[b];
}
