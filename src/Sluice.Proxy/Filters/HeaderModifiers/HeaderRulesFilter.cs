using System.Buffers;
using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.HeaderModifiers;

/// <summary>
/// Changes the fields of requests, and adds those fields of responses that say something of the request (<see cref="HeaderModifiersPolicy"/>).
/// Values are made before anything is removed, so that a field can be set from itself. Everything else of responses is in the rule's edits.
/// </summary>
internal sealed class HeaderRulesFilter : IRequestFilter
{
    private readonly byte[][] _removed;
    private readonly HeaderTemplate[] _request;
    private readonly HeaderTemplate[] _response;

    /// <param name="policy">What is changed.</param>
    /// <param name="problems">Gets a message for each edit that is left out.</param>
    public HeaderRulesFilter(HeaderModifiersPolicy policy, ICollection<string> problems)
    {
        var request = new HeaderRuleSet(policy.Request, "request", problems);
        _removed = [.. request.Removed.Select(name => Encoding.ASCII.GetBytes(name.ToLowerInvariant())).DistinctBy(Convert.ToHexString)];
        _request = [.. request.Fixed.Select(field => HeaderTemplate.Of(field.Name, field.Value)), .. request.Made];
        _response = [.. new HeaderRuleSet(policy.Response, "response", problems).Made];
    }

    public string Name => "headerModifiers";

    public FilterStage Stage => FilterStage.Route;

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(HeaderTemplate.MaxLength);
        Span<byte> value = scratch.AsSpan(0, HeaderTemplate.MaxLength);
        foreach (HeaderTemplate template in _response)
        {
            if (template.Write(head, context, value) is > 0 and int length)
                context.AddResponseField(template.Name, value[..length]);
        }
        int before = context.RequestEdits?.OwnCount ?? 0;
        foreach (HeaderTemplate template in _request)
        {
            if (template.Write(head, context, value) is > 0 and int length)
                context.AddRequestField(template.Name, value[..length]);
        }
        ArrayPool<byte>.Shared.Return(scratch);
        foreach (byte[] name in _removed)
        {
            RequestFields.Remove(head, name);
            if (before > 0)
                before -= context.RequestEdits!.RemoveOwn(name, before);
        }
        return FilterVerdict.Continue;
    }
}
