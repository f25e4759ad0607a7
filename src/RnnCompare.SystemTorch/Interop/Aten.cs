namespace RnnCompare.SystemTorch.Interop;

/// <summary>The operators in use, under their schema names; a suffix tells an overload.</summary>
internal static class Aten
{
    // Elements
    public static readonly Operator add = new("add", "Tensor");
    public static readonly Operator add_ = new("add_", "Tensor");
    public static readonly Operator add_scalar = new("add", "Scalar");
    public static readonly Operator add_scalar_ = new("add_", "Scalar");
    public static readonly Operator sub = new("sub", "Tensor");
    public static readonly Operator sub_scalar = new("sub", "Scalar");
    public static readonly Operator rsub_scalar = new("rsub", "Scalar");
    public static readonly Operator mul = new("mul", "Tensor");
    public static readonly Operator mul_ = new("mul_", "Tensor");
    public static readonly Operator mul_scalar = new("mul", "Scalar");
    public static readonly Operator mul_scalar_ = new("mul_", "Scalar");
    public static readonly Operator div = new("div", "Tensor");
    public static readonly Operator div_scalar = new("div", "Scalar");
    public static readonly Operator reciprocal = new("reciprocal");
    public static readonly Operator neg = new("neg");
    public static readonly Operator pow = new("pow", "Tensor_Tensor");
    public static readonly Operator pow_scalar = new("pow", "Tensor_Scalar");
    public static readonly Operator square = new("square");
    public static readonly Operator sqrt = new("sqrt");
    public static readonly Operator sqrt_ = new("sqrt_");
    public static readonly Operator abs = new("abs");
    public static readonly Operator exp = new("exp");
    public static readonly Operator log = new("log");
    public static readonly Operator tanh = new("tanh");
    public static readonly Operator relu = new("relu");
    public static readonly Operator sigmoid = new("sigmoid");
    public static readonly Operator eq = new("eq", "Tensor");
    public static readonly Operator eq_scalar = new("eq", "Scalar");
    public static readonly Operator ne = new("ne", "Tensor");
    public static readonly Operator ne_scalar = new("ne", "Scalar");
    public static readonly Operator equal = new("equal");
    public static readonly Operator where = new("where", "self");
    public static readonly Operator masked_fill = new("masked_fill", "Scalar");
    public static readonly Operator clamp = new("clamp");
    public static readonly Operator clamp_ = new("clamp_");
    public static readonly Operator maximum = new("maximum");
    public static readonly Operator addcmul = new("addcmul");
    public static readonly Operator addcmul_ = new("addcmul_");
    public static readonly Operator addcdiv_ = new("addcdiv_");

    // Products
    public static readonly Operator matmul = new("matmul");
    public static readonly Operator mm = new("mm");
    public static readonly Operator addmm = new("addmm");
    public static readonly Operator linear = new("linear");

    // Reductions
    public static readonly Operator sum = new("sum");
    public static readonly Operator sum_dim = new("sum", "dim_IntList");
    public static readonly Operator mean = new("mean");
    public static readonly Operator mean_dim = new("mean", "dim");
    public static readonly Operator norm = new("norm", "Scalar");
    public static readonly Operator norm_dim = new("norm", "ScalarOpt_dim");
    public static readonly Operator max = new("max");
    public static readonly Operator max_other = new("max", "other");
    public static readonly Operator max_dim = new("max", "dim");
    public static readonly Operator argmax = new("argmax");
    public static readonly Operator softmax = new("softmax", "int");
    public static readonly Operator log_softmax = new("log_softmax", "int");

    // Shapes
    public static readonly Operator t = new("t");
    public static readonly Operator transpose = new("transpose", "int");
    public static readonly Operator view = new("view");
    public static readonly Operator reshape = new("reshape");
    public static readonly Operator unsqueeze = new("unsqueeze");
    public static readonly Operator squeeze = new("squeeze");
    public static readonly Operator squeeze_dim = new("squeeze", "dim");
    public static readonly Operator select = new("select", "int");
    public static readonly Operator narrow = new("narrow");
    public static readonly Operator slice = new("slice", "Tensor");
    public static readonly Operator index_select = new("index_select");
    public static readonly Operator gather = new("gather");
    public static readonly Operator unbind = new("unbind", "int");
    public static readonly Operator chunk = new("chunk");
    public static readonly Operator split = new("split", "Tensor");
    public static readonly Operator split_with_sizes = new("split_with_sizes");
    public static readonly Operator cat = new("cat");
    public static readonly Operator stack = new("stack");
    public static readonly Operator sort = new("sort");
    public static readonly Operator argsort = new("argsort");

    // Memory
    public static readonly Operator contiguous = new("contiguous");
    public static readonly Operator clone = new("clone");
    public static readonly Operator copy_ = new("copy_");
    public static readonly Operator fill_ = new("fill_", "Scalar");
    public static readonly Operator uniform_ = new("uniform_");
    public static readonly Operator to_dtype = new("to", "dtype");
    public static readonly Operator zeros_like = new("zeros_like");
    public static readonly Operator full_like = new("full_like");
    public static readonly Operator new_zeros = new("new_zeros");
    public static readonly Operator zeros = new("zeros");
    public static readonly Operator arange = new("arange");

    // Autograd
    public static readonly Operator requires_grad_ = new("requires_grad_");
    public static readonly Operator retain_grad = new("retain_grad");
    public static readonly Operator is_leaf = new("is_leaf");
    public static readonly Operator detach = new("detach");

    // Losses
    public static readonly Operator cross_entropy_loss = new("cross_entropy_loss");
    public static readonly Operator mse_loss = new("mse_loss");

    // Recurrence
    public static readonly Operator rnn_tanh = new("rnn_tanh", "input");
    public static readonly Operator rnn_tanh_packed = new("rnn_tanh", "data");
    public static readonly Operator rnn_relu = new("rnn_relu", "input");
    public static readonly Operator rnn_relu_packed = new("rnn_relu", "data");
    public static readonly Operator lstm = new("lstm", "input");
    public static readonly Operator lstm_packed = new("lstm", "data");
    public static readonly Operator gru = new("gru", "input");
    public static readonly Operator gru_packed = new("gru", "data");
    public static readonly Operator pack_padded_sequence = new("_pack_padded_sequence");
    public static readonly Operator pad_packed_sequence = new("_pad_packed_sequence");
}
