using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Parameters and submodules under names, in the order of their registration.</summary>
        public partial class Module : IDisposable
        {
            private readonly List<(string name, Parameter parameter)> ownParameters = [];
            private readonly List<(string name, Module module)> submodules = [];
            private bool isTraining = true;

            protected Module(string name) => this.name = name;

            protected string? name;

            public virtual bool training => isTraining;

            public virtual string GetName() => name ?? GetType().Name;

            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (HasComponent(name)) throw new InvalidOperationException($"{GetName()} already has a component named {name}.");
                ownParameters.Add((name, param));
            }

            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                if (HasComponent(name)) throw new InvalidOperationException($"{GetName()} already has a component named {name}.");
                submodule.RegisterComponents();
                submodules.Add((name, submodule));
            }

            /// <summary>Registers the parameters and modules that stand in the fields of the module, under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(Own))
                    {
                        object? value = field.GetValue(this);
                        if (HasComponent(field.Name) || ownParameters.Any(own => ReferenceEquals(own.parameter, value))) continue;
                        if (value is Parameter parameter) register_parameter(field.Name, parameter);
                        else if (value is Module module) register_module(field.Name, module);
                    }
                }
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                IEnumerable<(string, Parameter)> inherited = recurse
                    ? submodules.SelectMany(sub => sub.module.named_parameters().Select(own => ($"{sub.name}.{own.name}", own.parameter)))
                    : [];
                return ownParameters.Concat(inherited);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(own => own.parameter);

            public virtual IEnumerable<(string name, Module module)> named_children() => submodules;

            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach ((_, Module module) in submodules) module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? gradient = parameter.grad;
                    if (set_to_none) parameter.grad = null;
                    else gradient?.fill_(0);
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach ((_, Parameter parameter) in ownParameters) parameter.Dispose();
                foreach ((_, Module module) in submodules) module.Dispose();
            }

            /// <summary>Registers a parameter, without a scope, in place of what had the name; null takes the name away.</summary>
            private protected void SetParameter(string name, Parameter? value)
            {
                int index = ownParameters.FindIndex(own => own.name == name);
                if (index < 0)
                {
                    if (value is null) return;
                    index = ownParameters.Count;
                }
                else if (ReferenceEquals(ownParameters[index].parameter, value)) return;
                else
                {
                    ownParameters[index].parameter.Dispose();
                    ownParameters.RemoveAt(index);
                }

                value?.DetachFromDisposeScope();
                if (value is not null) ownParameters.Insert(index, (name, value));
            }

            private bool HasComponent(string name) =>
                ownParameters.Any(own => own.name == name) || submodules.Any(sub => sub.name == name);
        }

        public abstract class Module<T, TResult> : Module
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        public abstract class Module<T1, T2, TResult> : Module
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
