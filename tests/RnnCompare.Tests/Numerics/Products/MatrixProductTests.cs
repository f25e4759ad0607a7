using System.Numerics;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Lanes;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Tests.Numerics.Products;

public class MatrixProductTests
{
    private static readonly int[] Sizes = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 47, 48, 49, 100];

    // k around the length of a block (512 float32, 256 float64).
    private static readonly int[] Lengths = [0, 1, 2, 17, 100, 255, 256, 257, 512, 513, 1100];

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public void Product_HasTheBitsOfThePlainLoop(bool transposeA, bool transposeB, bool transposeDestination)
    {
        var random = new Random(7);
        foreach (var m in Sizes)
        {
            for (var i = 0; i < 3; i++)
            {
                var n = Sizes[random.Next(Sizes.Length)];
                var k = Lengths[random.Next(Lengths.Length)];
                Compare<float>(random, m, k, n, transposeA, transposeB, transposeDestination);
                Compare<double>(random, n, k, m, transposeA, transposeB, transposeDestination);
            }
        }

        Compare<float>(random, 133, 520, 65, transposeA, transposeB, transposeDestination);
        Compare<double>(random, 133, 260, 30, transposeA, transposeB, transposeDestination);
    }

    [Fact]
    public void PlainProduct_IsWithinTheErrorBoundOfExactSums()
    {
        var random = new Random(8);
        foreach (var k in Lengths)
        {
            var a = TestMatrix.Random<float>(random, 3, k, transposed: false);
            var b = TestMatrix.Random<float>(random, k, 5, transposed: true);
            var destination = TestMatrix.Random<float>(random, 3, 5, transposed: false);
            PlainProduct.Product(a, b, destination);
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 5; column++)
                {
                    // A product of two float32 is exact in float64, whose own rounding is 2⁻²⁹ of the bound.
                    double exact = 0, magnitude = 0;
                    for (var i = 0; i < k; i++)
                    {
                        var term = (double)a[row, i] * b[i, column];
                        exact += term;
                        magnitude += Math.Abs(term);
                    }

                    // k roundings, each of at most half an ulp: |error| ≤ k·2⁻²⁴ · Σ|aᵢ·bᵢ|.
                    Assert.InRange(Math.Abs(destination[row, column] - exact), 0, 1.01 * k * Math.Pow(2, -24) * magnitude);
                }
            }
        }
    }

    [Fact]
    public void Product_OfSomeRowsHasTheBitsOfThoseRowsOfTheWhole()
    {
        var random = new Random(9);
        var a = TestMatrix.Random<float>(random, 37, 600, transposed: false);
        var b = TestMatrix.Random<float>(random, 600, 77, transposed: false);
        var whole = TestMatrix.Random<float>(random, 37, 77, transposed: false);
        MatrixProduct.Product(a, b, whole);
        foreach (var count in new[] { 1, 2, 3, 5, 8, 11 })
        {
            var part = TestMatrix.Random<float>(random, count, 77, transposed: false);
            MatrixProduct.Product(a.RowRange(13, count), b, part);
            Assert.Equal(TestMatrix.Elements(whole.RowRange(13, count)), TestMatrix.Elements(part));
        }
    }

    [Fact]
    public void Product_HasTheSameBitsAtEveryVectorWidth()
    {
        var random = new Random(10);
        foreach (var (m, k, n) in new[] { (1, 5, 1), (7, 33, 50), (19, 530, 97) })
        {
            var a = TestMatrix.Random<float>(random, m, k, transposed: false);
            var b = TestMatrix.Random<float>(random, k, n, transposed: false);
            var expected = new NdArray<float>(m, n);
            MatrixProduct.Product(a, b, expected.View());
            Assert.Equal(expected.Data, AtWidth<Lane512<float>>(a, b));
            Assert.Equal(expected.Data, AtWidth<Lane256<float>>(a, b));
            Assert.Equal(expected.Data, AtWidth<Lane128<float>>(a, b));
            Assert.Equal(expected.Data, AtWidth<ScalarLane<float>>(a, b));
        }
    }

    [Theory]
    [InlineData(2, 700, 30)]
    [InlineData(3, 30, 700)]
    [InlineData(5, 300, 300)]
    public void Product_HasTheSameBitsForEveryNumberOfThreads(int threads, int m, int n)
    {
        // k such that every thread gets its part.
        var k = (int)(threads * (1L << 23) / (m * n)) + 1;
        var random = new Random(12);
        var a = TestMatrix.Random<float>(random, m, k, transposed: true);
        var b = TestMatrix.Random<float>(random, k, n, transposed: false);
        var (alone, shared, packed) = (new NdArray<float>(m, n), new NdArray<float>(m, n), new PackedMatrix<float>());
        MatrixProduct.Product(a, b, alone.View());

        using var workers = new Workers(threads);
        MatrixProduct.Product(a, b, shared.View(), workers);
        Assert.Equal(alone.Data, shared.Data);

        packed.Pack(b);
        shared.Span.Fill(1);
        MatrixProduct.Product(a, packed, shared.View(), workers);
        Assert.Equal(alone.Data, shared.Data);
    }

    [Fact]
    public void Product_RefusesShapesThatDoNotFit()
    {
        var (a, b, c) = (new NdArray<float>(2, 3), new NdArray<float>(4, 5), new NdArray<float>(2, 5));
        var error = Assert.Throws<ArgumentException>(() => MatrixProduct.Product(a.View(), b.View(), c.View()));
        Assert.StartsWith("a has 3 columns, but b has 4 rows.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => MatrixProduct.AddProduct(a.View(), b.View().RowRange(0, 3), c.View().ColumnRange(0, 4)));
        Assert.StartsWith("destination is 2 × 4, but the product is 2 × 5.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => MatrixProduct.Product(a.View(), b.View().RowRange(0, 3), new float[4], c.View()));
        Assert.StartsWith("bias has 4 elements, but b has 5 columns.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProductWithPacked_RefusesADestinationWhoseColumnsLieApart()
    {
        var (a, b, c) = (new NdArray<float>(2, 3), new PackedMatrix<float>(), new NdArray<float>(5, 2));
        b.Pack(new NdArray<float>(3, 5).View());
        var error = Assert.Throws<ArgumentException>(() => MatrixProduct.Product(a.View(), b, c.View().Transposed));
        Assert.StartsWith("The columns of destination lie 2 elements apart", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Product_AllocatesNothing()
    {
        var (a, b, c, packed) = (new NdArray<float>(64, 100), new NdArray<float>(100, 65), new NdArray<float>(64, 65), new PackedMatrix<float>());
        Multiply();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            Multiply();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Multiply()
        {
            packed.Pack(b.View());
            MatrixProduct.Product(a.View(), packed, c.View());
            MatrixProduct.AddProduct(a.View().Transposed, c.View(), b.View());
        }
    }

    private static unsafe float[] AtWidth<TLane>(MatrixView<float> a, MatrixView<float> b)
        where TLane : struct, ILane<TLane, float>
    {
        var result = new float[a.Rows * b.Columns];
        var packed = new float[Panels.Length(b.Rows, b.Columns, TLane.Count)];
        fixed (float* aOrigin = &a.Origin, bOrigin = &b.Origin, panels = packed, origin = result)
        {
            Panels.Pack(new(bOrigin, b.RowStride, b.ColumnStride), b.Rows, b.Columns, TLane.Count, panels);
            BlockedProduct<float>.Run<TLane>(
                new(aOrigin, a.RowStride, a.ColumnStride), a.Rows, a.Columns, panels, b.Columns, default, new(origin, b.Columns, 1));
        }

        return result;
    }

    private static void Compare<T>(Random random, int m, int k, int n, bool transposeA, bool transposeB, bool transposeDestination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = TestMatrix.Random<T>(random, m, k, transposeA);
        var b = TestMatrix.Random<T>(random, k, n, transposeB);
        var destination = TestMatrix.Random<T>(random, m, n, transposeDestination);
        var start = TestMatrix.Elements(destination);
        var product = TestMatrix.Copy(destination);
        var sum = TestMatrix.Copy(destination);
        PlainProduct.Product(a, b, product);
        PlainProduct.AddProduct(a, b, sum);

        if (!transposeDestination)
        {
            var packed = new PackedMatrix<T>();
            packed.Pack(b);
            MatrixProduct.AddProduct(a, packed, destination);
            AssertEqual(sum, destination);
            MatrixProduct.Product(a, packed, destination);
            AssertEqual(product, destination);
            TestMatrix.Fill(destination, start);
        }

        MatrixProduct.AddProduct(a, b, destination);
        AssertEqual(sum, destination);
        MatrixProduct.Product(a, b, destination);
        AssertEqual(product, destination);

        var bias = TestMatrix.Elements(TestMatrix.Random<T>(random, 1, n, transposed: false));
        var biased = TestMatrix.Copy(destination);
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < n; column++)
            {
                biased[row, column] = bias[column];
            }
        }

        PlainProduct.AddProduct(a, b, biased);
        MatrixProduct.Product(a, b, bias, destination);
        AssertEqual(biased, destination);
    }

    private static void AssertEqual<T>(MatrixView<T> expected, MatrixView<T> actual)
        where T : unmanaged => Assert.Equal(TestMatrix.Elements(expected), TestMatrix.Elements(actual));
}
