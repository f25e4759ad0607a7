namespace RnnCompare.Experiments.Tasks;

/// <summary>The characters of a text as indices into a vocabulary, in the smallest type that holds them: a byte each, or two where there are more than 256 different ones.</summary>
internal sealed class Tokens
{
    private readonly byte[] _bytes;
    private readonly ushort[] _shorts;

    /// <summary>Holds tokens.</summary>
    /// <param name="values">The tokens, each below <paramref name="kinds"/>; walked once.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="kinds">How many different ones there may be, at most 65,536.</param>
    public Tokens(IEnumerable<int> values, int count, int kinds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kinds, ushort.MaxValue + 1);
        (Length, _bytes, _shorts) = (count, kinds <= byte.MaxValue + 1 ? new byte[count] : [], kinds <= byte.MaxValue + 1 ? [] : new ushort[count]);
        var i = 0;
        foreach (var value in values)
        {
            if (_shorts.Length > 0)
            {
                _shorts[i++] = (ushort)value;
            }
            else
            {
                _bytes[i++] = (byte)value;
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>One of them.</summary>
    public int this[int index] => _shorts.Length > 0 ? _shorts[index] : _bytes[index];
}
