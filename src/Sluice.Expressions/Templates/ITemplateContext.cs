using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Where a rendering gets the message from, each part only when it is needed. Absent is returned for what is not there.</summary>
public interface ITemplateContext
{
    /// <summary>A header or pseudo header of the message that is transformed. The name is UTF-8, in any case.</summary>
    CelValue Header(ReadOnlySpan<byte> name);

    /// <summary>A header or pseudo header of the request, also while the response is transformed.</summary>
    CelValue RequestHeader(ReadOnlySpan<byte> name);

    /// <summary>The body as a string.</summary>
    CelValue Body();

    /// <summary>The body as JSON. When it is a map, its entries are variables as well.</summary>
    CelValue Json();

    /// <summary>A cookie of the request.</summary>
    CelValue Cookie(ReadOnlySpan<byte> name, bool ignoresCase);

    /// <summary>An environment variable of the proxy; asked only for names that the settings allow.</summary>
    CelValue EnvironmentVariable(string name);

    /// <summary>Random text that stands for that pattern throughout one request.</summary>
    CelValue Random(ReadOnlySpan<byte> pattern);
}
