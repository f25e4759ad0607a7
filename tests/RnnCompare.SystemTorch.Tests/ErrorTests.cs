using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

public class ErrorTests
{
    [Fact]
    public void NativeErrors_BecomeExceptionsWithLibtorchsMessage()
    {
        using Tensor two = from_array(new double[2, 3]);
        using Tensor other = from_array(new double[4, 5]);
        var error = Assert.Throws<ExternalException>(() => two.mm(other));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message);
    }
}
