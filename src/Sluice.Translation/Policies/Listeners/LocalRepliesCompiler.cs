using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Spec = Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>What a ListenerPolicy says of the proxy's own answers.</summary>
internal static class LocalRepliesCompiler
{
    public static LocalReplySettings Compile(Spec.LocalReplySettings replies, IPolicySurroundings surroundings, string field)
    {
        var mappers = new List<LocalReplyMapper>();
        for (var i = 0; i < replies.Mappers.Count; i++)
        {
            if (i == LocalReplySettings.MaxMappers)
            {
                surroundings.Problem($"{field}.mappers", $"there are {replies.Mappers.Count} mappers; the first {LocalReplySettings.MaxMappers} are in force");
                break;
            }
            if (Mapper(replies.Mappers[i], surroundings, $"{field}.mappers[{i}]") is { } mapper)
                mappers.Add(mapper);
        }
        return new LocalReplySettings
        {
            DefaultBodyFormat = replies.DefaultBodyFormat is { } format ? BodyFormatCompiler.Compile(format, surroundings, $"{field}.defaultBodyFormat") : null,
            Mappers = mappers,
        };
    }

    /// <summary>Null when it cannot be told which answers it is for: it would change others.</summary>
    private static LocalReplyMapper? Mapper(Spec.LocalReplyMapper mapper, IPolicySurroundings surroundings, string field)
    {
        var filter = mapper.Filter is { } given ? AccessLogFilterCompiler.Compile(given, surroundings, $"{field}.filter") : null;
        if (mapper.Filter is not null && filter is null)
            return null;
        if (mapper.StatusCode is < 200 or > 599)
            surroundings.Problem($"{field}.statusCode", $"{mapper.StatusCode} must be from 200 to 599");
        var headers = new List<HeaderValue>();
        for (var i = 0; i < mapper.Headers.Count; i++)
        {
            var header = mapper.Headers[i];
            if (ReservedFields.Contains(header.Name) || header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
                surroundings.Problem($"{field}.headers[{i}]", $"\"{header.Name}\" is written by the proxy itself; give the body format its contentType");
            else
                headers.Add(new HeaderValue(header.Name, header.Value));
        }
        return new LocalReplyMapper
        {
            Filter = filter,
            StatusCode = mapper.StatusCode is >= 200 and <= 599 ? mapper.StatusCode : null,
            Body = mapper.Body,
            BodyFormat = mapper.BodyFormatOverride is { } format ? BodyFormatCompiler.Compile(format, surroundings, $"{field}.bodyFormatOverride") : null,
            Headers = headers,
        };
    }
}
