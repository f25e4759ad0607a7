using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCompare.Numerics.Lanes;

namespace RnnCompare.Tests.Numerics.Lanes;

public class LanesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ComputesEveryElementOnceWhateverTheLength(bool isDouble)
    {
        foreach (var length in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 100 })
        {
            if (isDouble)
            {
                AssertRun<double>(length);
            }
            else
            {
                AssertRun<float>(length);
            }
        }
    }

    private static void AssertRun<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Two elements of slack on both sides, which must not change; the first element is not aligned.
        var x = Enumerable.Range(0, length).Select(i => T.CreateTruncating(i - 20.5)).ToArray();
        var y = new T[length + 4];
        Array.Fill(y, T.CreateTruncating(0.25));
        T unused = default;
        var kernel = new AddSquare<T>(ref length == 0 ? ref unused : ref x[0], ref y[2]);
        LaneLoop.Run<T, AddSquare<T>>(ref kernel, length);

        var expected = y.ToArray();
        Array.Fill(expected, T.CreateTruncating(0.25));
        for (var i = 0; i < length; i++)
        {
            expected[i + 2] = T.FusedMultiplyAdd(x[i], x[i], T.CreateTruncating(0.25));
        }

        Assert.Equal(expected, y);
    }

    private readonly ref struct AddSquare<T>(ref T source, ref T destination) : ILaneKernel<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly ref T _source = ref source;
        private readonly ref T _destination = ref destination;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLane>(nuint offset)
            where TLane : struct, ILane<TLane, T>
        {
            var x = TLane.Load(ref _source, offset);
            TLane.MultiplyAdd(x, x, TLane.Load(ref _destination, offset)).Store(ref _destination, offset);
        }
    }
}
