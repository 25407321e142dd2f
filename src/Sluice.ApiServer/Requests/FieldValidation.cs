namespace Sluice.ApiServer.Requests;

/// <summary>What happens when a request has fields that its kind does not, or the same twice.</summary>
internal enum FieldValidation
{
    /// <summary>They are dropped.</summary>
    Ignore,

    /// <summary>They are dropped, and named in Warning headers. The default.</summary>
    Warn,

    /// <summary>The request is refused with 400.</summary>
    Strict,
}
