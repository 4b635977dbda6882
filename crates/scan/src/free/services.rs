//! The names of services whose credentials have no shape of their own: a
//! random value that is named after one of them is taken for its key.

/// Names that mean a service wherever they stand.
pub(crate) const NAMES: &str = "
15five 2captcha 2checkout 2gis 8x8 abbysale abbyy ably abstractapi abusech abuseipdb abyssale accuweather acquia
acrcloud activecampaign adafruit adapty admob adobe adobeio adobesign adroll adyen adzuna aeroworkflow africastalking
afterpay aftership agilecrm agora aha ahrefs ai21 airbnb airbrake airbyte aircall airflowfernet airfocus airship
airtable airvisual aiven akamai akeyless alchemer alchemy alconost alegra alephalpha aletheia aletheiaapi algolia
alibaba alienvault alipay aliyun allsports alphavantage amadeus amap amazonmws amazonsp ambee amplitude amplitudeapi
angelone ankr ansibletower anthropic anticaptcha anymail anypoint anyscale apacta api2cart api2pdf apiary apideck
apiflash apifonica apifootball apify apigee apilayer apimatic apimetrics apininjas apitemplate apollo apollographql
appcenter appcues appdynamics appfollow applitools applovin appointedd appoptics appsflyer appsignal appsmith
appsynergy apptivo appveyor appwrite arangodb arbiscan arcgis arduino argocd arkose artifactory artsy asana ashby
assembla assemblyai astradb astronomer atera atlassian atomic audd auddio aurigraph auth0 authentik authorizenet
authress authy autodesk autoklose automattic autopilot avalara avatax avaza avazapersonal aviationstack avinetworks
aweber awin axiomco axonaut aylien ayrshare azure azureapim azurebatch azuredevops azurefunction azuresearch
azurestorage b2clogin back4app backblaze backendless backstage baichuan baidu balena balldontlie bamboohr bannerbear
barchart baremetrics baseapi basecamp baseten battlenet beamer beebole beeminder behance belvo benzinga besnappy
besttime betterauth bettercloud betterstack betteruptime beyondtrust bigcommerce bigdatacloud bigquery billcom
billomat binance binaryedge bingads bingmaps bintray bitbar bitbucket bitcoinaverage bitfinex bitget bitgo bithumb
bitly bitlyaccesstoken bitmex bitpay bitrise bitstamp bittrex blablabus blackduck blandai blazemeter blitapp
blockchaincom blockcypher blockfrost blocknative blogger bloomreach bluejeans bluesky bluesnap blynk boldsign bombbomb
bonusly boostnote borgbase braintree branchio brandfetch bravesearch braze brevo brex brightdata browserbase
browserless browserstack browshot bscscan buddyns budibase bugcrowd bugherd bugsnag buildbot builderio buildkite
builtwith bulbul bulksms bunnycdn bunnynet burstsms buttercms buymeacoffee buzzsprout bybit bynder cachefly caflou
calendarific calendly callrail calorieninja campaignmonitor campayn canny cannyio canva canvaslms capsolver capsulecrm
captaindata carbonblack carboninterface cartesia cashboard cashfree caspio cdn77 censys centralstation
centralstationcrm centrifugo cerebras cexio chaindesk chainlink chainstack chargebee chargify chartboost chartmogul
chatbot chatfuel chatfule chatwork checio checkly checklyhq checkmarx checkmk checkoutcom checkr checkvist
cherryservers chromatic cicero circleci circonus ciscospark ciscoumbrella clarifai claude clearbit clearml clevercloud
clevertap clickatell clickbank clickhelp clickhouse clicksend clickup cliengo clientary climacell clinchpad clockify
clockwork clockworksms closecrm cloud66 cloudamqp cloudant cloudbees cloudconformity cloudconvert cloudelements
cloudflare cloudimage cloudinary cloudkarafka cloudmersive cloudns cloudplan cloudsight cloudsigma cloudsmith
cloudways cloverly cloze clustdoc cockroachdb coda codacy codeberg codeclimate codecov codefresh codemagic codequiry
codesandbox cohere cohesity coinapi coinbase coinbene coingecko coinlayer coinlib coinmarketcap coinranking collect2
column cometchat cometml commercejs commercelayer commercetools commissionjunction commodities companieshouse
companyhub composio concourse conda conekta configcat confluent conjur constantcontact constellix constructorio
contabo contentful contentstack context7 conversiontools convertapi convertkit convier copper copyscape coralogix
couchbase couchdb countrylayer courier coursera covalent coveo coveralls coze cpanel craftmypdf cratesio crawlbase
criteo cronitor cronofy crossbrowsertesting crowdin crowdstrike crunchbase cryptocom cryptocompare cryptomus
currencyapi currencycloud currencyfreaks currencylayer currencyscoop currentsapi customerguru customerio cyberark
cybersource cypressrecord d7network dagster dailyco dailymotion dandelion dareboost darksky dashscope databento
databox databricks datadog datafire dataforseo datagov datawrapper datocms dbtcloud deadmansnitch debounce deepai
deepbricks deepgram deepinfra deepl deepseek deepsource deezer dehashed deliveroo demio denodeploy dependabot
dependencytrack deputy deribit descope desec designcrowd detectify detectlang detectlanguage devcycle devto dfuse
dgraph dhl dialogflow dialpad diffbot diggernaut digicert digitalocean digitalriver dingtalk directus discogs discord
discordapp discourse disqus ditto dlocal dnscheck dnsimple dnsmadeeasy dnspod dockerhub dockerswarm docparser
docraptor documo docuseal docusign doofinder doordash doppler dotdigital dotmailer dovico draftable dreamhost dribbble
dronahq droneci dropbox druva dtrack duckdns duffel duolingo duplicati duply dwolla dwtpro dynalist dynatrace dynu
dyspatch e2b eagleeye eagleeyenetworks easydns easyinsight easypost easyship ebanx ebay ecobee ecostruxure
ecostruxureit ecwid edamam edenai edgio egnyte eightxeight elasticcloud elasticemail elevenlabs eloqua elsevier
emailoctopus emqx enablex endorlabs enigma enode env0 envoy envoyapi eodhd epicgames eppo equinix eraser erpnext esri
etherscan ethplorer etsy eventbrite everhour evernote eversign exchangerate exchangeratesapi exoscale exotel expensify
exportsdk expressvpn extracti extractorapi facebook facebookoauth faceit faceplusplus fastforex fastly fastspring
fedex feedier feishu fetchrss fibery figma fileio filestack finage financialmodelingprep findl finicity finnhub
fireblocks firecrawl fireeye fireworks fishaudio fitbit fivetran fixerio flagsmith flatio fleetbase flexport flickr
flightapi flightaware flightlabs flightradar24 flightstats float floatapp flowdock flowflu flutterwave flyio fmfw fmp
footballdata forgerock formbricks formbucket formcraft formio formsite formspree formstack fortinet foundry fountain
foursquare frameio fraudlabspro freemius freshbooks freshdesk freshping freshsales freshservice freshworks friendli
friendliai friendlycaptcha frontapp frontegg ftx fulcrum fullcontact fullstory fusebill fusionauth fxmarket gamesparks
gandi garmin gateio gcore geckoboard gemini gengo geoapify geocode geocodify geocodio geoipifi geoipify geotab
getblock getgeoapi getgist getresponse getsandbox gettyimages ghost ghostinspector giphy gitalk gitbook gitea
gitguardian github gitlab gitpod gitter gladia gladly glassfrog glassnode gmetrix gnews gocanvas gocardless gocd
godaddy gohighlevel goodday goodreads googleads googlemaps gorgias gosquared gotify govee gptzero grafana grammarly
grandcentral graphcms graphhopper greenhouse greynoise gridscale gridspan groovehq groq groqcloud growthbook gtmetrix
guardianapi gumroad gupshup guru gusto gyazo hackerone happyscribe haraj harness harvest hashicorp hashnode hasura
haveibeenpwned hcaptcha helcim helicone helius hellosign helpcrunch helpscout hereai hereapi heremaps heroku hetzner
hevo heygen hibob hiboutik hibp highcharts highlightio highnote hightouch hiveage hivemq holidayapi holistic
homeassistant honeybadger honeycomb honeycombapi honeycombio hookdeck hootsuite hostinger hotjar html2pdf
htmlcsstoimage huaweicloud hubspot huggingface humanapi humanity humio hunter hunterio hunyuan huobi hybiscus hygraph
hyperbolic hypertrack hypertune ibkr ibmcloud iconfinder idenfy iexapis iexcloud ifttt igdb imagekit imagga imgbb
imgix imgur immich impactradius impala imperva incapsula infisical inflectra influxdb infobip infracost infura
insightly instabot instacart instagram instamojo instana integromat intelx intercom interseller intra42 intrinio
intuit invision invoiceocean ip2location ipapi ipdata ipgeolocation ipifi ipify ipinfo ipinfodb ipquality ipregistry
ipstack ironsource isbndb iterable iyzico jambonz jawg jdbc jellyfin jenkins jenkinsci jetbrains jfrog jina jinaai
jira jiratoken jotform jumio jumpcloud jumpseller junipermist jupiterone juro justcall justwatch jwplayer jwtio kafka
kaggle kagi kakao kaleyra kaltura kamatera kanban kanbantool kandji karma karmacrm keenio kentico keycdn kickbox
kindly kinsta kinvey kiteconnect klarna klaviyo klevu klipfolio knapsackpro knowlarity kochava kontent kraken kubecost
kucoin kustomer kylas lacework lambdalabs lambdatest landingai langchain langflow langfuse langsmith languagelayer
languagetool larksuite last9 lastfm lastpass launchable launchdarkly lazada leadfeeder leakix leanplum leaseweb
lemlist lemmy lemonsqueezy lendflow lessannoyingcrm lexigram librato lightstep linearb linemessaging linenotify lingyi
linkedin linkpreview linode linodeapi liquidplanner listennotes lit litellm lithic liveagent liveblocks livechat
livekit livepeer livestorm llamacloud loadmill lob localiq localxpose locationiq logdna logdnaapi logentries loggly
loginradius logrocket logtail logz logzio lokalise looker loom loqate losant loyverse lucidworks luma luminati
lunchmoney luno lyft m3o macaddress madkudu magento magicbell magiclink magnetic mailboxlayer mailchimp mailerlite
mailersend mailgun mailgunapi mailjet mailjetsms mailmodo mailosaur mailsac mailshake mailtrap mandrill mandrillapp
mapbox mapquest maptiler marketo marketstack marqeta marqo mastodon mathpix matomo mattermost mavenlink maxmind
meaningcloud mediastack meetup meilisearch meistertask memberful meraki mercadolibre mercadopago mergedev mergify
mesibo messagebird messagemedia messari metaapi metabase metabaseapi metamind meteostat metrilo mexc mezmo
microsofttranslator midise midtrans milvus mindee mindmeister minimax minimaxi minio mintlify miro mistral mistralai
mite mixcloud mixmax mixpanel mockaroo modal modeanalytics moderation moderntreasury modulr moengage mollie monday
mongodb monkeylearn monnify moodle moonclerk moonshot moonshotai moosend moralis mosquitto motaword motherduck
mouseflow moxtra mparticle mrticktock msg91 msteams murf musixmatch mux muxapi mybitcoin mydata mydocusign
myexperiment myfreshworks myintervals n8n nagios namecheap nango nanonets nasa nasdaq naver navercloud ncbi nebius
neo4j neptune netbird netcore nethunt netlify netlifycms netsuite neutrino neverbounce newrelic newsapi newscatcher
newyorktimes nexmo nextcloud nftport nftstorage ngc ngrok ngrokapi nhost nicereply nightfall nimble nitro nlpcloud
noaa nocodb nomicai nomics nordigen nordvpn northflank noticeable notify notion novita novu nownodes nozbe nozbeteams
npmjs ns1 ntfy nuget numverify nutanix nutritionix nuvei nvidia nylas nytimes oanda observeinc ocrspace octoprint
octopus odoo okru okta okx olark omdb omise omnisend onbuka ondemand onedesk onedrive onelogin onepagecrm onepassword
onesignal onewaysms onfido onfleet onwaterio oopspam openai openaq opencage opencagedata opencorporates openexchange
opengraphr openobserve openpay openphone openproject openrouter openrouteservice opensea openshift openstack opentable
opentok openuv openvpn openweather openweatherapi openweathermap opscenter opsgenie optimizely oracle orbit
orcasecurity orderdesk oura outlook outreach overloop ovh owlbot owncloud oxylabs ozonetel pachyderm packagecloud
packagist paddle pagarme pagerduty pagerdutyrouting pagseguro paloalto pandadoc pandadocs pandascore paperform
paperspace papertrail papyrs paralleldots pardot parsehub parsers parseur particle particleio partnerstack partykit
pastebin patreon paydirt payfort paylocity paymo paymongo payoneer paypal paypalapi paystack paytm payu pcloud pdfco
pdflayer pdfmonkey pdfshift peopledatalabs pepipost percy perigon permitio perplexity personio petfinder pexels
phabricator phabricatorcli philipshue phonecom phonepe photoroom phrase phraseaccesstoken phrasetms pinata pinecone
pingdom pingidentity pinterest pipedream pipedrive pivotal pivotaltracker pixabay plaid plaidapi planday planetlabs
planetscale planview planviewleankit planyo platformsh plausible playfab playht playwright plesk plivo pocketbase
podio poeditor poll pollsapi poloniex polygon polymath polytomic porkbun portainer positionstack postageapp postbacks
postgrid posthog posthogapi postman postmark posty powerbi powrbot prefect prestashop presto printful prismacloud
prismic pritunl privacycom privateai proabono procore prodigi prodpad productboard productplan propelauth prospectcrm
prospectio protocolsio protonvpn proxmox proxycrawl pubnub pulumi purestake pushbullet pusher pushover pushwoosh pypi
qase qbox qdrant qianfan qiniu qiwi qonversion qstash qualaroo qualtrics qualys quandl qubole questdb quickbase
quickbooks quickbooksonline quickmetrics quicknode rabbitmq rackspace radarr railsr railway raindropio rakuten ramp
rancher rapidapi rapyd raven rawg raygun rayso razorpay reachmail reactapp readme readwise reallysimplesystems
rebrandly recaptcha rechargepayments recurly redash reddit redis redmine redpanda refiner remotecom remove.bg removebg
rentman repairshopr replicate replyio requestfinance rescuetime resend restpack restpackhtmltopdf restpackscreenshot
retell retellai rev rev.ai revamp revampcrm revenuecat revolut rillet ringcentral riotgames rippling ritekit roam
roaring robinhood roblox roboflow rocketchat rocketreach rockset rollbar ronin roninapp rootly route4me routee rownd
rsyncnet rubrik rubygems rudderstack rundeck runpod runrunit runscope runwayml sailpoint saleor salesblink salescookie
salesflare salesforce salesloft salesmate saltedge saltstack sambanova sanity satismeter satispay saucelabs saxo
scaleai scaleway scalewaykey scalingo scalr schwab scoutapm scrapegraph scrapeowl scraperapi scraperbox scrapersite
scraperstack scrapestack scrapfly scrapingant scrapingbee scrapingdog scrapinghub screenshotapi screenshotlayer
scrutinizer scrutinizerci searchspring seatable seatgeek securitytrails segment selectpdf semanticscholar semantria
semaphore sematext semgrep semrush sendbird sendcloud sendgrid sendinblue sendinblueapi sendle sendy sentiment
sentinelhub sentinelone sentry serpapi serper serphouse serpstack servicenow settlemint sheety sherpadesk shipbob
shipday shipengine shippo shipstation shodan shopee shopify shortcut shorten shortio shotstack shutterstock sidekiq
signable signalfx signalwire signaturit signnow signoz signrequest signupgenius signwell sigopt siliconflow simfin
similarweb simplesat simplybook simplynoted simvoly sinch sinchapi sinchmessage singlestore sirv site24x7 sitecore
siteleaf skrapp skrappio skybiometry skyscanner slack sleekflow smartcar smartlead smartling smartlook smartproxy
smartsheet smartsheets smartthings smartystreets smooch sms77 smsapi smsglobal smtp2go snapchat snaplogic snipcart
snowflake snowplow snowtrace snyk snykkey socialbu socket socrata softlayer solarwinds sonarcloud sonarqube sonarr
sonatype soundcloud sourcegraph sourcehut spacelift spaceship sparkpost speechace speechify speechmatics speechtextai
splitio splunk splunkobservability spoonacular sportmonks sportradar sportsmonk spotify spotinst sproutsocial spryng
sqreen squadcast square squarespace squareup sslmate ssomobile stability stabilityai stackblitz stackexchange
stackhawk stackoverflow stadiamaps statsig statuscake statuspage statuspal steam stepfun stepzen stitchdata stockdata
storecove storj stormboard stormglass stormpath stormpathapi storyblok storychief strapi strapiapi strava streak
streamnative stripe stripo stytch sugester suiteapi sumologic sumologicapi sumsub sumup supabase supernotes superset
supertokens surveyanyplace surveybot surveymonkey surveysparrow survicate svix swaggerhub swell swiftype swipely
switchbot symfony synctera synthesia sysdig tableau taboola taiga tailscale tailscaleapi talkjs tallyfy targetprocess
tarsnap tatum tatumio tavily tawk taxjar tdameritrade teamcity teamgate teamviewer teamwork technicalanalysisapi
tefter telegram telesign teletype telnyx temporal tencent tencentcloud tenderly termii terraform terraformcloud
testingbot text2data textlocal textmagic thegraph theodds theoddsapi thethingsnetwork thetvdb thingsboard thingspeak
thinkific thirdweb thousandeyes thunderforest tibber ticketmaster ticketsource tickettailor ticktick tiingo tiktok
tiktokapi timecamp timescale timezoneapi timezonedb tines tinify tinybird tinybirdco tinypng tly tmdb tmetric todoist
together togetherai togetherxyz toggl tokbox tokeet tomorrowio tomtom tookan totango track17 tradier tradingview trakt
transferwise translate transloadit travelpayouts travisci treasuryprime trello triggerdev trongrid tru truelayer
truenas trufflehog trustpilot tumblr turborepo tuya twelvedata twilio twingate twist twitch twitter twitterapi tyntec
typeform typesense typetalk ubidots uclassify udemy ultralytics umbraco unbounce unifi unify unifyid unplugg unsplash
unsplashapi upbit upcdatabase upcloud uplead uploadcare uploadthing uproc upsplash upstash upstox uptimecom
uptimerobot uptrace upwave upyun urlbox urlscan urlscanio usda userflow userfront userpilot userstack uservoice usps
vagrant vagrantcloud valtown valueserp vapi vastai vatlayer vbout veeam veracode vercel verifalia veriff verimail
veriphone versioneye veryfi vespa viber victorops viewneo vimeo virustotal visibleapi visualcrossing vmware voiceflow
voicegain volcengine vonage vonageapi voodoosms vouchery voyage voyageai vpnapi vultr vungle vwo vyte wakatime
walkscore walmart wandb wavefront weatherapi weatherbit weatherstack weaviate web3storage webex webflow webhookrelay
webiny weblate webscraper webscraping websitepulse wechat wecom weibo weightsandbiases weixin wepay what3words whereby
whitesource whoisxml whoxy wistia wit witai withings wolframalpha woocommerce woodpecker wordpress workato workday
workos worksnaps workstack worldcoinindex worldpay worldweather wpengine wpscan wrike wufoo wyze x-ai xaiapi xata
xendit xero xsolla yahoo yandex yapily yelp ynab ynabapi yodlee yoomoney youneedabudget yousign youtrack youtube
youtubeapikey zabbix zadarma zamzar zapier zapierwebhook zendesk zenefits zenkit zenodo zenrows zenscrape zenserp
zenvia zeplin zerobounce zerodha zerotier zhipu zhipuai zilliz zipapi zipbooks zipcodeapi zipcodebase zitadel zoho
zonka zonkafeedback zoom zoominfo zscaler zulip zulipchat zuora zuplo zyte
";

/// Names that are everyday words too: they count only in the name of the
/// value itself, beside a word for a credential.
pub(crate) const WORDS: &str = "
abstract acuity ado affirm agility agora aha allegro alloy alpaca apivideo apollo aqua aserto atlas atomic attio
autopilot aws axiom bamboo bandwidth baserow beamer bird bit bitwarden blackboard blizzard borg bouncer box brave
braze brightcove btc bunny butter calcom census chameleon chatgpt checkout chef chorus cicero civo claude clerk close
closecom clubhouse coda column comet commodities confluence consul convex copper cosmic courier crisp cypress dato dbt
dd deel delighted deno depot deputy ditto domo drata drift drip drone dub dune duo earthly elastic elasticsearch
emailable endpointprotector enigma envoy eth exa expedia expo fal fauna filebase filebrowser firebase fixer flat float
flutter folk fossa foundry fountain fred ft ftp gemini genius getstream gh ghost glitch gong gradle graphite grist
guru happi harness harvest healthchecks heap hive hologram host hunter iam icinga ideogram imap impala importio ingest
inngest insomnia instantly intruder iterative keap keycloak kf kinde kite kiwi knock kong kraken kubernetes labelbox
lambda lark ldap leonardo lepton lever limelight line linear lit lmnt logto loom loops lucid luma lusha magnetic mail
majestic mediaworks medusa mend mercury miro mistral mite modal moderation momento monday moov moz mux namecom nats
neon neptune netbox netdata newsdata nexus nimble nitro noip nomad notify nutshell nyt ollama opensearch oracle orbit
ory outbrain paddle pantheon paperless paragon particle pd pendo percy persona phrase planning plex plunk polar poll
polygon pop3 portainer portkey postgres presto privy pulsar puppet raindrop rainforest rally ramp rapid7 rasa raven
realestate recharge redis render renovate replit resemble restic retool rev roam rocket rollbar runway sabre sage saml
samsara sauce scale scout segment sentiment sift sigmacomputing smarty sms smtp snov soketi sonar spaceship spike
spinnaker sprout square stability stackpath steam stitch stoplight streak streamchat sumo suno sunrise surge swarm
swell tally teleport teller tenable tenor tesla teslamotors tines tink tinyurl together track transifex translate
travis tray tru turso twentyi twist uber unifi unify unkey unleash unstructured updown upwork vanilla vantage vast
vault verifier vero wallet wasabi wati wave web3 webshare whatsapp windmill wise wit wix wiz workable xray yext zoom
";

/// Services whose names stand beside digests of commits and packages.
pub(crate) const STORES: &str = "
anaconda artifactory bintray bitbucket cargoregistry chromatic clojars cloudsmith cocoapodstrunk codeship curseforge
docker dockerhub forgejo gemfury gerrit gitea gitee github gitlab gogs heroku hexpm huggingface jsr librariesio
mavencentral modrinth netlify notary npm npmjs nuget ossrh packagecloud percy pubdev pypi quay replicate rubygems
sigstore sourceforge vercel
";
