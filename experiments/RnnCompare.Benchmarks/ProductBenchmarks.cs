using System.Numerics;
using BenchmarkDotNet.Attributes;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Benchmarks;

/// <summary>The products of whole training steps, from the sizes of prototypes to those of real models.</summary>
/// <typeparam name="T">The element type.</typeparam>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class ProductBenchmarks<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PackedMatrix<T> _packed = new();
    private NdArray<T> _a = new();
    private NdArray<T> _b = new();
    private NdArray<T> _destination = new();

    /// <summary>The grid of the speed comparison, from (T, B, I, H).</summary>
    public static IEnumerable<ProductShape> Shapes =>
    [
        .. ProductShape.OfStep(16, 1, 8, 16),
        .. ProductShape.OfStep(25, 1, 65, 100),
        .. ProductShape.OfStep(50, 16, 32, 64),
        .. ProductShape.OfStep(100, 32, 64, 256),
        .. ProductShape.OfStep(100, 64, 256, 512),
        .. ProductShape.OfStep(100, 64, 512, 512),
    ];

    /// <summary>The product that is measured.</summary>
    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; } = new("", 1, 1, 1);

    private MatrixView<T> A => Shape.TransposesA ? _a.View().Transposed : _a.View();

    private MatrixView<T> B => Shape.TransposesB ? _b.View().Transposed : _b.View();

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _a = Shape.TransposesA ? Random(Shape.K, Shape.M) : Random(Shape.M, Shape.K);
        _b = Shape.TransposesB ? Random(Shape.N, Shape.K) : Random(Shape.K, Shape.N);
        _destination = new(Shape.M, Shape.N);
        _packed.Pack(B);
    }

    /// <summary>The product, on one thread.</summary>
    [Benchmark]
    public void Product()
    {
        if (Shape.IsPacked)
        {
            MatrixProduct.AddProduct(A, _packed, _destination.View());
        }
        else
        {
            MatrixProduct.Product(A, B, _destination.View());
        }
    }

    private static NdArray<T> Random(int rows, int columns)
    {
        var random = new Random(1);
        var array = new NdArray<T>(rows, columns);
        for (var i = 0; i < array.Length; i++)
        {
            array.Data[i] = T.CreateTruncating(random.NextDouble() - 0.5);
        }

        return array;
    }
}
