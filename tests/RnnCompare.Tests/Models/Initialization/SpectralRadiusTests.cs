using System.Numerics;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;
using RnnCompare.Tests.Numerics.Products;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Tests.Models.Initialization;

public class SpectralRadiusTests
{
    [Fact]
    public void Radius_OfKnownMatrices()
    {
        Near(3, new([-3.0], 1, 1));
        Near(5, new([3.0, 4, 4, -3], 2, 2));

        // A rotation: both eigenvalues are complex, the power iteration goes round forever.
        Near(1, new([0.6, -0.8, 0.8, 0.6], 2, 2));

        // Far from normal: the norm is 1000 times the radius.
        Near(0.5, new([0.5, 500, 0, 0.25], 2, 2));
        Assert.Equal(0, SpectralRadius.Of(new([0.0, 7, 5, 0, 0, 3, 0, 0, 0], 3, 3)));
        Assert.Equal(0, SpectralRadius.Of(new(4, 4)));
    }

    [Fact]
    public void Radius_IsThatOfTheCharacteristicPolynomial()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var size = random.Next(1, 8);
            var matrix = Samples.Normal<double>(random, Math.Exp(random.Next(-5, 6)), size, size);
            var expected = Eigenvalues(matrix).Max(Complex.Abs);
            Assert.Equal(expected, SpectralRadius.Of(matrix), 1e-10 * expected);
        }
    }

    [Fact]
    public void Radius_OfALargeMatrixWithManyLargestEigenvalues()
    {
        // Q·D·Qᵀ, where D consists of rotations times 1.7, and one times 1.6.
        const int Size = 60;
        var q = new OrthogonalInitializer().Draw(new(Size, Size, Size, Size), new(1));
        var rotations = new NdArray<double>(Size, Size);
        for (var i = 0; i < Size; i += 2)
        {
            var (sin, cos) = Math.SinCos(i + 1);
            var scale = i == 4 ? 1.6 : 1.7;
            (rotations[i, i], rotations[i, i + 1], rotations[i + 1, i], rotations[i + 1, i + 1]) = (scale * cos, -scale * sin, scale * sin, scale * cos);
        }

        var (product, matrix) = (new NdArray<double>(Size, Size), new NdArray<double>(Size, Size));
        MatrixProduct.Product(q.View(), rotations.View(), product.View());
        MatrixProduct.Product(product.View(), q.View().Transposed, matrix.View());
        Near(1.7, matrix);
        Near(1.7, matrix.Transpose());
    }

    [Fact]
    public void Matrix_NotSquare_IsRefused()
    {
        Assert.StartsWith("matrix is (2, 3), but must be square.", Assert.Throws<ArgumentException>(() => SpectralRadius.Of(new(2, 3))).Message, StringComparison.Ordinal);
    }

    private static void Near(double expected, NdArray<double> matrix) => Assert.Equal(expected, SpectralRadius.Of(matrix), 1e-12 * expected);

    // The roots of the characteristic polynomial: its coefficients by Faddeev and LeVerrier, its roots by Durand and Kerner.
    private static Complex[] Eigenvalues(NdArray<double> a)
    {
        var n = a.Rows;
        var scale = a.Data.Max(Math.Abs);
        var coefficients = new double[n + 1];
        coefficients[n] = 1;
        var m = new double[n, n];
        for (var k = 1; k <= n; k++)
        {
            var next = new double[n, n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    next[i, j] = (i == j ? coefficients[n - k + 1] : 0) + Enumerable.Range(0, n).Sum(l => a[i, l] / scale * m[l, j]);
                }
            }

            m = next;
            coefficients[n - k] = -Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, n).Sum(l => a[i, l] / scale * m[l, i])) / k;
        }

        var roots = Enumerable.Range(0, n).Select(i => Complex.Pow(new(0.4, 0.9), i)).ToArray();
        for (var repeat = 0; repeat < 500; repeat++)
        {
            for (var i = 0; i < n; i++)
            {
                var value = Enumerable.Range(0, n + 1).Reverse().Aggregate(Complex.Zero, (sum, power) => (sum * roots[i]) + coefficients[power]);
                var others = roots.Where((_, j) => j != i).Aggregate(Complex.One, (product, root) => product * (roots[i] - root));
                roots[i] -= value / others;
            }
        }

        return [.. roots.Select(root => root * scale)];
    }
}
