namespace Sluice.Configuration.Policies;

/// <summary>What templates see of a body.</summary>
public enum BodyParsing
{
    /// <summary>Its octets, by body().</summary>
    AsString,

    /// <summary>Its JSON as well, by context() and by the names of an object's members. Without JSON nothing is transformed.</summary>
    AsJson,

    /// <summary>Nothing: it is not waited for.</summary>
    None,
}
