using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>Stands for a filter that cannot be put in force: what it was to guard stays closed.</summary>
internal sealed class RefusingFilter(string name, FilterStage stage) : IRequestFilter
{
    private readonly FilterDenial _denial = new(500, $"{name}_unusable", "500 Internal Server Error\n");

    public string Name => name;

    public FilterStage Stage => stage;

    public FilterVerdict Apply(RequestHead head, FilterContext context) => context.Deny(_denial);
}
