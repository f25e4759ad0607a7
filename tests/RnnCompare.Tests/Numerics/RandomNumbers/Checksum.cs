namespace RnnCompare.Tests.Numerics.RandomNumbers;

/// <summary>Σ (2i + 1)·bits_i modulo 2⁶⁴: sees every bit of every element, and their order.</summary>
/// <remarks>In NumPy: <c>(x.view(np.uint64) * (2 * np.arange(x.size, dtype=np.uint64) + np.uint64(1))).sum()</c>.</remarks>
internal static class Checksum
{
    public static ulong Of(IEnumerable<double> values) => Of(values.Select(BitConverter.DoubleToUInt64Bits));

    public static ulong Of(IEnumerable<float> values) => Of(values.Select(value => (ulong)BitConverter.SingleToUInt32Bits(value)));

    public static ulong Of(IEnumerable<long> values) => Of(values.Select(value => (ulong)value));

    public static ulong Of(IEnumerable<ulong> words)
    {
        ulong sum = 0;
        ulong weight = 1;
        foreach (var word in words)
        {
            sum += weight * word;
            weight += 2;
        }

        return sum;
    }
}
