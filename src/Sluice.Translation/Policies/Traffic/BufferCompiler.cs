using Sluice.Configuration.Policies;
using Spec = Sluice.Resources.Policies.Traffic.BufferPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.buffer: the whole request is read before it goes on.</summary>
internal static class BufferCompiler
{
    public static BufferPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.MaxRequestSize is > 0 and { } size)
            return new BufferPolicy(size);
        surroundings.Problem($"{field}.maxRequestSize", "a size of at least 1 byte is needed, or disable");
        return null;
    }
}
