using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>As much of a pet store as the conformance kit asks for.</summary>
internal static class PetStore
{
    /// <summary>What the store says of itself, in Swagger 2.0.</summary>
    private const string Description =
        """
        {
          "swagger": "2.0",
          "info": { "title": "Stub of a pet store", "version": "1.0.0" },
          "host": "petstore.swagger.io",
          "basePath": "/v2",
          "schemes": [ "https" ],
          "paths": {
            "/pet/findByStatus": {
              "get": {
                "operationId": "findPetsByStatus",
                "produces": [ "application/json" ],
                "parameters": [
                  { "name": "status", "in": "query", "required": true, "type": "array", "items": { "type": "string" }, "collectionFormat": "multi" }
                ],
                "responses": { "200": { "description": "The pets" } }
              }
            },
            "/pet/{petId}": {
              "get": {
                "operationId": "getPetById",
                "produces": [ "application/json" ],
                "parameters": [ { "name": "petId", "in": "path", "required": true, "type": "integer", "format": "int64" } ],
                "responses": { "200": { "description": "The pet" }, "404": { "description": "No such pet" } }
              }
            }
          }
        }
        """;

    private static readonly object[] Pets =
        [new { id = 1, name = "Rex", status = "available" }, new { id = 2, name = "Minka", status = "available" }];

    public static void Map(WebApplication app)
    {
        app.MapGet("/v2/swagger.json", static () => Results.Text(Description, "application/json"));
        app.MapGet("/v2/pet/findByStatus", static (string status) => Results.Json(status == "available" ? Pets : []));
        app.MapGet("/v2/pet/{petId:int}", static (int petId) => petId is 1 or 2 ? Results.Json(Pets[petId - 1]) : Results.NotFound());
    }
}
