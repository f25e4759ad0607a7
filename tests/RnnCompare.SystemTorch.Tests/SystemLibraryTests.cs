using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class SystemLibraryTests
{
    [Fact]
    public void Version_IsThatOfTheLoadedLibrary()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", SystemLibrary.Version);
        Assert.Contains($"TORCH_VERSION={SystemLibrary.Version}", SystemLibrary.Configuration);
        Assert.Equal(SystemLibrary.Version, __version__);
    }

    [Fact]
    public void Blas_IsTheOpenMPBuild() => Assert.Matches("OpenBLAS .* USE_OPENMP", SystemLibrary.Blas);

    [Fact]
    public void Threads_AreThoseThatWereSet()
    {
        int before = get_num_threads();
        set_num_threads(3);
        Assert.Equal(3, get_num_threads());
        Assert.Contains("at::get_num_threads() : 3", SystemLibrary.ParallelInfo);
        Assert.Contains("omp_get_max_threads() : 3", SystemLibrary.ParallelInfo);
        set_num_threads(before);
    }

    [Fact]
    public void Seeds_RepeatTheDraws()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        Tensor first = nn.Linear(3, 2).weight.clone();
        manual_seed(5);
        Assert.True(first.Equals(nn.Linear(3, 2).weight));
        Assert.False(first.Equals(nn.Linear(3, 2).weight));
    }

    [Fact]
    public void DefaultType_IsThatOfNewModules()
    {
        set_default_dtype(ScalarType.Float64);
        using var linear = nn.Linear(2, 1);
        set_default_dtype(ScalarType.Float32);
        Assert.Equal(ScalarType.Float64, linear.weight.dtype);
        Assert.Throws<ArgumentException>(() => set_default_dtype(ScalarType.Int64));
    }
}
