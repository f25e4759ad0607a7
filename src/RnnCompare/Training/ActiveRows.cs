namespace RnnCompare.Training;

/// <summary>Walks over the runs of neighbouring sequences that a step has not passed the end of.</summary>
/// <param name="lengths">The steps of each sequence; null where all are active.</param>
/// <param name="t">The step.</param>
/// <param name="batchSize">B.</param>
internal ref struct ActiveRows(IReadOnlyList<int>? lengths, int t, int batchSize)
{
    private int _next;

    /// <summary>Finds the next run.</summary>
    public bool Next(out int start, out int count)
    {
        start = _next;
        while (start < batchSize && !IsActive(start))
        {
            start++;
        }

        _next = start;
        while (_next < batchSize && IsActive(_next))
        {
            _next++;
        }

        count = _next - start;
        return count > 0;
    }

    private readonly bool IsActive(int b) => lengths is null || t < lengths[b];
}
