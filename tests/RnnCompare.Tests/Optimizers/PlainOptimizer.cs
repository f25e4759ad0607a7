using RnnCompare.Optimizers;

namespace RnnCompare.Tests.Optimizers;

/// <summary>The optimizers once more, one element and one operation after the other, in the order in which torch.optim's documentation states them.</summary>
internal sealed class PlainOptimizer(OptimizerSpec spec, int size)
{
    private readonly double[] _first = new double[size];
    private readonly double[] _second = [.. Enumerable.Repeat((spec as AdagradSpec)?.InitialAccumulator ?? 0, size)];
    private readonly double[] _third = new double[size];
    private int _step;

    public void Step(double[] weights, double[] gradients, double rate)
    {
        _step++;
        for (var i = 0; i < weights.Length; i++)
        {
            ref var w = ref weights[i];
            var g = gradients[i];
            if (spec is AdamWSpec)
            {
                w *= 1 - (rate * spec.WeightDecay);
            }
            else
            {
                g += spec.WeightDecay * w;
            }

            w -= spec switch
            {
                SgdSpec sgd => rate * Sgd(sgd, g, ref _first[i]),
                AdagradSpec adagrad => rate / (1 + ((_step - 1) * adagrad.LearningRateDecay)) * Adagrad(adagrad, g, ref _second[i]),
                RmsPropSpec rmsProp => rate * RmsProp(rmsProp, g, ref _first[i], ref _second[i], ref _third[i]),
                AdaptiveMomentSpec adam => rate * Adam(adam, g, ref _first[i], ref _second[i], ref _third[i]),
                _ => throw new ArgumentException($"{spec} is unknown here.", nameof(weights)),
            };
        }
    }

    private double Sgd(SgdSpec sgd, double g, ref double buffer)
    {
        if (sgd.Momentum == 0)
        {
            return g;
        }

        buffer = _step == 1 ? g : (sgd.Momentum * buffer) + ((1 - sgd.Dampening) * g);
        return sgd.Nesterov ? g + (sgd.Momentum * buffer) : buffer;
    }

    private static double Adagrad(AdagradSpec adagrad, double g, ref double sum)
    {
        sum += g * g;
        return g / (Math.Sqrt(sum) + adagrad.Epsilon);
    }

    private static double RmsProp(RmsPropSpec rmsProp, double g, ref double mean, ref double square, ref double buffer)
    {
        square = (rmsProp.Alpha * square) + ((1 - rmsProp.Alpha) * g * g);
        var variance = square;
        if (rmsProp.Centered)
        {
            mean = (rmsProp.Alpha * mean) + ((1 - rmsProp.Alpha) * g);
            variance = square - (mean * mean);
        }

        buffer = (rmsProp.Momentum * buffer) + (g / (Math.Sqrt(variance) + rmsProp.Epsilon));
        return buffer;
    }

    private double Adam(AdaptiveMomentSpec adam, double g, ref double mean, ref double square, ref double largest)
    {
        mean = (adam.Beta1 * mean) + ((1 - adam.Beta1) * g);
        square = (adam.Beta2 * square) + ((1 - adam.Beta2) * g * g);
        largest = adam.AmsGrad ? Math.Max(largest, square) : square;
        var meanHat = mean / (1 - Math.Pow(adam.Beta1, _step));
        var squareHat = largest / (1 - Math.Pow(adam.Beta2, _step));
        return meanHat / (Math.Sqrt(squareHat) + adam.Epsilon);
    }
}
